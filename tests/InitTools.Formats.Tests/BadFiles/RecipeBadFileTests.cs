using System.Text;
using Xunit;

namespace InitTools.Formats.Tests.BadFiles;

public class RecipeBadFileTests
{
    private const string Extension = ".init.json";

    public static TheoryData<string, string> Texts { get; } = new()
    {
        { "", "not JSON" },
        { "[]", "an object was expected" },
        { "{}", "the key 'tensors' is missing" },
        { """{"tensors":{}}""", "tensors: a list was expected" },
        { """{"tensors":[[[[[]]]]]}""", "tensors: an object was expected" },
        { """{"tensors":[{}]}""", "tensors: each has a name of its own" },
        { """{"tensors":[{"name":"w"}]}""", "'w': the key 'initializer' is missing" },
        { """{"tensors":[{"name":{"a":[1]}}]}""", "'name': a text or a number was expected" },
        { """{"tensors":[],"seed":true}""", "'seed': a text or a number was expected" },
        { """{"tensors":[],"seed":1,"Seed":2}""", "the key 'Seed' stands twice" },
        { $$"""{"tensors":[{{W()}},{{W()}}]}""", "tensors: each has a name of its own" },
        { $$"""{"tensors":[{{W(shape: "-2x3")}}]}""", "'w': The shape -2x3 has the dimension -2" },
        { $$"""{"tensors":[{{W(shape: "4294967296x4294967296")}}]}""", "'w': The shape 4294967296x4294967296 has more" },
        { $$"""{"tensors":[{{W(initializer: "import os")}}]}""", "'w': " },
        { $$"""{"tensors":[{{W(initializer: "RandomNormal(stddev=NaN)")}}]}""", "'w': " },
        { $$"""{"tensors":[{{W(initializer: "FromFile(/etc/passwd)")}}]}""", "'w': " },
        { Names("/etc/passwd"), "'w': FromFile names '/etc/passwd'; an expression in a file reads other files of that" },
        { Names("../w.npy"), "'w': FromFile names '../w.npy'" },
        { Names("a/../../w.npy"), "'w': FromFile names 'a/../../w.npy'" },
        { Names("..\\\\w.npy"), "'w': FromFile names '..\\w.npy'" },
        { Names("C:\\\\w.npy"), "'w': FromFile names 'C:\\w.npy'" },
        { Names("bad.init.json"), "Put the file there, or make the tensor with New-InitWeights, which reads any" },
        { Names("other.init.json"), "other.init.json' holds recipes, and FromFile reads values" },
        { Names("passwd"), "passwd' has the extension ''" },
        { Names("none.npy"), "none.npy' cannot be read: there is no such file" },
        { $$"""{"tensors":[{{W(dtype: "Float7")}}]}""", "'w': " },
        { $$"""{"tensors":[{{W()}}],"count":1,"storedLayout":"OI"}""", "'w': w is a slice, elements 0 to 0 of 2x3" },
        { $$"""{"tensors":[{{W()}}],"code":"import os"}""", "'w': the key 'code' is none of name, shape, layout" },
        { $$"""{"tensors":[{{W()}}]}""" + "}", "not JSON" },
        { $$"""{"tensors":[{{W()}}]""", "not JSON" },
    };

    /// <summary>What is repeated for megabytes, what stands before and behind it, and what is said of it.</summary>
    public static TheoryData<string, string, string, string> Repetitions { get; } = new()
    {
        { "[", """{"tensors":""", "", "tensors: an object was expected" },
        { "x", "{\"", "\":[]}", "xxx...': a text or a number was expected" },
        { "x", """{"tensors":[{"name":""" + "\"", "\"}]}", "'name': 3000000 characters are more than" },
        { "{\"name\":1},", """{"tensors":[""", "{}]}", "tensors: each has a name of its own" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_malformed_recipe_is_refused_with_place_and_field(string text, string problem) =>
        AssertRefused(Encoding.UTF8.GetBytes(text), problem);

    [Theory]
    [MemberData(nameof(Repetitions))]
    public void Megabytes_of_one_thing_are_refused(string repeated, string before, string behind, string problem)
    {
        string many = string.Concat(Enumerable.Repeat(repeated, 3_000_000 / repeated.Length));
        AssertRefused(Encoding.UTF8.GetBytes(before + many + behind), problem);
    }

    [Theory]
    [InlineData("(", "He", "initializer")]
    [InlineData("He(", "", "initializer")]
    [InlineData("-", "He(", "initializer")]
    [InlineData("2x", "", "shape")]
    [InlineData("9", "", "shape")]
    public void Nesting_and_length_within_a_text_are_refused(string repeated, string before, string field)
    {
        string many = before + string.Concat(Enumerable.Repeat(repeated, 9_900 / repeated.Length));
        string tensor = field == "shape" ? W(shape: many) : W(initializer: many);
        AssertRefused(Encoding.UTF8.GetBytes($$"""{"tensors":[{{tensor}}]}"""), "'w': ");
    }

    [Fact]
    public void A_thousand_keys_are_refused() => AssertRefused(
        Encoding.UTF8.GetBytes($"{{{string.Concat(Enumerable.Range(0, 1000).Select(i => $"\"{i}\":1,"))}\"tensors\":[]}}"),
        "more than 64 keys are not read");

    [Fact]
    public void Text_that_is_no_UTF_8_is_refused() =>
        AssertRefused([.. "{\"tensors\":[{\"name\":\""u8, 0xFF, .. "\"}]}"u8], "not JSON in UTF-8");

    [Fact]
    public void Truncation_anywhere_is_refused() =>
        FileOpening.AssertEveryTruncationRefused(Extension, Encoding.UTF8.GetBytes($$"""{"tensors":[{{W()}}]}"""));

    [Fact]
    public void A_few_hundred_mutations_are_read_or_refused() => Mutate(500);

    [Fact]
    [Trait("Category", "Slow")]
    public void A_hundred_thousand_mutations_are_read_or_refused() => Mutate(100_000);

    private static void Mutate(int count) => FileMutation.OpenAll(
        Extension,
        [
            """
            {
              "layout": "IO", "dType": "Float32", "generator": "Philox4x32-10", "seed": 42, "version": 1,
              "tensors": [
                {"name": "fc1.weight", "shape": "7x5", "initializer": "HeNormal", "activation": "relu"},
                {"name": "fc2.weight", "shape": "5x2", "initializer": "RandomNormal(stddev=0.01)", "stream": "b"},
                {"name": "fc2.bias", "shape": "2", "initializer": "Zeros", "dType": "BFloat16", "offset": 1, "count": 1}
              ]
            }
            """u8.ToArray(),
        ],
        [
            "{", "}", "[", "]", ",", ":", "\"", "-", "0", "1", "9", "e9", "(", ")", "=", "x", "null", "\\u0000", "NaN",
            "18446744073709551615", "9223372036854775807", "Orthogonal", "Identity", "Sparse(sparsity=0.5)", "OI",
            "Float64",
            "fan_in", "\"fanIn\":3,", "\"storedLayout\":\"OI\",",
        ],
        count);

    private static string W(string shape = "2x3", string initializer = "HeNormal", string dtype = "Float32") =>
        $$"""
        {"version":1,"seed":1,"layout":"IO","name":"w","shape":"{{shape}}","initializer":"{{initializer}}","dType":"{{dtype}}"}
        """;

    private static string Names(string path) =>
        $$"""{"tensors":[{{W(initializer: $"LSUV(FromFile('{path}', 'w'), 2)")}}]}""";

    private static void AssertRefused(byte[] bytes, string problem) =>
        FileOpening.AssertRefused(Extension, bytes, problem);
}
