using System.Buffers.Binary;
using System.Text;
using Xunit;

namespace InitTools.Formats.Tests.BadFiles;

public class SafetensorsBadFileTests
{
    private const string Extension = ".safetensors";

    private const string Sound = """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    public static TheoryData<string, int, string> Headers { get; } = new()
    {
        { Sound, 7, "'w': data_offsets end at 8, and the file has 7 bytes of values" },
        { Sound, 9, "the values of all tensors end at 8, and the file has 9 bytes of values" },
        { $"{{{W(offsets: "[4,12]")}}}", 12, "'w': data_offsets begin at 4, and the values before it end at 0" },
        { $"{{{W(offsets: "[8,0]")}}}", 8, "'w': data_offsets 8 to 0 do not fit" },
        { $"{{{W(offsets: "[0]")}}}", 8, "'w': dtype, shape and data_offsets, two numbers, are needed" },
        { $"{{{W(offsets: "[0,8,8]")}}}", 8, "'w': data_offsets: more than 2 numbers" },
        { $"{{{W(offsets: "[0,-8]")}}}", 8, "'w': data_offsets: a whole number" },
        { $"{{{W(offsets: "8")}}}", 8, "'w': data_offsets: a list" },
        { $"{{{W(shape: "[3]")}}}", 8, "'w': data_offsets 0 to 8 do not fit the shape (3) of F32" },
        { $"{{{W(shape: "[-2]")}}}", 8, "'w': shape: a whole number" },
        { $"{{{W(shape: "[2.5]")}}}", 8, "'w': shape: a whole number" },
        { $"{{{W(shape: "[\"2\"]")}}}", 8, "'w': shape: a whole number" },
        { $"{{{W(shape: "[[[[[2]]]]]")}}}", 8, "'w': shape: a whole number" },
        { $"{{{W(shape: "[9223372036854775808]")}}}", 8, "'w': shape: a whole number from 0 to 2^63-1" },
        { $"{{{W(shape: "[4294967296,4294967296,2]")}}}", 8, "'w': data_offsets 0 to 8 do not fit" },
        { $"{{{W(shape: "[4611686018427387906]")}}}", 8, "'w': data_offsets 0 to 8 do not fit" },
        { $"{{{W(shape: "2")}}}", 8, "'w': shape: a list" },
        { $"{{{W(dtype: "\"Q4\"")}}}", 8, "'w': dtype: 'Q4' is not one of BOOL, U8," },
        { $"{{{W(dtype: "\"f32\"")}}}", 8, "'w': dtype: 'f32' is not one of" },
        { $"{{{W(dtype: "\"F4\"", shape: "[3]")}}}", 8, "'w': data_offsets 0 to 8 do not fit the shape (3) of F4" },
        { $"{{{W(dtype: "4")}}}", 8, "'w': dtype: a text was expected" },
        { """{"w":{"dtype":"F32","shape":[2]}}""", 8, "'w': dtype, shape and data_offsets, two numbers, are needed" },
        { """{"w":{"dtype":"F32","code":"import os"}}""", 8, "'w': the key 'code' is not one of dtype, shape" },
        { """{"w":{"shape":[2],"shape":[2]}}""", 8, "'w': the key 'shape' stands twice" },
        { $"{{{W()},{W()}}}", 8, "the key 'w' stands twice" },
        { $"{{{W()},{W(name: @"\u0077")}}}", 8, "the key 'w' stands twice" },
        { $"{{{W()},{W(name: "b", offsets: "[4,12]")}}}", 12, "'b': data_offsets begin at 4, and the values before" },
        { $"{{{W()},{W(name: "b")}}}", 8, "'b': data_offsets begin at 0, and the values before it end at 8" },
        { $"{{{W(offsets: "[12,20]")},{W(name: "b")}}}", 20, "'w': data_offsets begin at 12, and the values before" },
        { """{"__metadata__":{"a":1}}""", 0, "'__metadata__': a text was expected for 'a'" },
        { """{"__metadata__":{"a":{}}}""", 0, "'__metadata__': a text was expected for 'a'" },
        { """{"__metadata__":["a"]}""", 0, "'__metadata__': an object was expected" },
        { """{"__metadata__":{"a":"1","a":"2"}}""", 0, "'__metadata__': the key 'a' stands twice" },
        { """{"__metadata__":{},"__metadata__":{}}""", 0, "the key '__metadata__' stands twice" },
        { """{"__metadata__":{"inittools":"{}"}}""", 0, "'__metadata__': inittools: Not a recipe of weights" },
        { """{"w":[[[[[[[[[]]]]]]]]]}""", 0, "'w': an object was expected" },
        { Sound[..^1], 8, "not JSON" },
        { Sound.Replace("}}", "},}", StringComparison.Ordinal), 8, "not JSON" },
        { Sound.Replace("}}", "}}x", StringComparison.Ordinal), 8, "not JSON" },
        { "{}{}", 0, "not JSON" },
        { "[]", 0, "an object was expected" },
        { "", 0, "not JSON" },
    };

    /// <summary>What is repeated for megabytes, what stands before and behind it, and what is said of it.</summary>
    public static TheoryData<string, string, string, string> Repetitions { get; } = new()
    {
        { "x", "{\"", "\":7}", "xxx...': an object was expected" },
        { "x", """{"w":{"dtype":""" + "\"", "\"," + """ "shape":[2],"data_offsets":[0,8]}}""", "xxx...' is not one of" },
        { "x", """{"w":{""" + "\"", "\":1}}", "xxx...' is not one of" },
        { "1,", """{"w":{"dtype":"F32","shape":[""", "2]}}", "'w': shape: more than 64 numbers" },
        { "0,", """{"w":{"dtype":"F32","data_offsets":[""", "8]}}", "'w': data_offsets: more than 2 numbers" },
        { "1", """{"w":{"dtype":"F32","shape":[""", "]}}", "'w': shape: a whole number" },
        { "[", """{"w":""", "", "'w': an object was expected" },
        { "[", """{"w":{"shape":""", "", "'w': shape: a whole number" },
        { " ", "{", "\"w\":7}", "'w': an object was expected" },
        { "\\u0000", """{"__metadata__":{"a":""" + "\"", "\",\"a\":0}}", "'__metadata__': the key 'a' stands twice" },
        { "\"dtype\":\"F32\",", """{"w":{""", "}}", "'w': the key 'dtype' stands twice" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_malformed_header_is_refused_with_place_and_field(string header, int values, string problem) =>
        AssertRefused(Make(Encoding.UTF8.GetBytes(header), values), problem);

    [Theory]
    [MemberData(nameof(Repetitions))]
    public void Megabytes_of_one_thing_are_refused(string repeated, string before, string behind, string problem)
    {
        string many = string.Concat(Enumerable.Repeat(repeated, 10_000_000 / repeated.Length));
        AssertRefused(Make(Encoding.UTF8.GetBytes(before + many + behind), 8), problem);
    }

    [Fact]
    public void Text_that_is_no_UTF_8_is_refused()
    {
        AssertRefused(Make([.. "{\"w"u8, 0xFF, .. Sound.Skip(3).Select(c => (byte)c)], 8), "not JSON in UTF-8");
        AssertRefused(Make([.. """{"__metadata__":{"a":"""u8, (byte)'"', 0xC0, 0x80, .. "\"}}"u8], 0), "not JSON in UTF-8");
        AssertRefused(
            Make(Encoding.UTF8.GetBytes($"{{{W(name: @"\ud800")}}}"), 8), "not JSON in UTF-8");
    }

    [Fact]
    public void Truncation_anywhere_is_refused() =>
        FileOpening.AssertEveryTruncationRefused(Extension, Make(Encoding.UTF8.GetBytes(Sound), 8));

    [Theory]
    [InlineData(9, "9 bytes and the file 8")]
    [InlineData(99_000_000, "99000000 bytes and the file 8")]
    [InlineData(100_000_001, "longer than the 100000000 that are read")]
    [InlineData(long.MaxValue, "longer than the 100000000 that are read")]
    [InlineData(-1, "a header of 18446744073709551615 bytes is longer")]
    public void A_header_beyond_the_file_or_the_limit_is_refused(long length, string problem)
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        AssertRefused(bytes, problem);
    }

    [Fact]
    public void More_tensors_than_are_read_are_refused()
    {
        string header = $"{{{string.Join(',', Enumerable.Range(0, 200_000).Select(i => W($"{i}", shape: "[0]", offsets: "[0,0]")))}}}";
        AssertRefused(Make(Encoding.UTF8.GetBytes(header), 0), "'100000': more than 100000 tensors are not read");
    }

    [Fact]
    public void A_few_hundred_mutations_are_read_or_refused() => Mutate(500);

    [Fact]
    [Trait("Category", "Slow")]
    public void A_hundred_thousand_mutations_are_read_or_refused() => Mutate(100_000);

    private static void Mutate(int count) => FileMutation.OpenAll(
        Extension,
        [
            Make(
                """
                {"__metadata__":{"format":"pt",
                "inittools":"{\"layout\":\"OI\",\"tensors\":[{\"name\":\"a\",\"activation\":\"relu\"}]}"},"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},
                "b":{"dtype":"BF16","shape":[4],"data_offsets":[24,32]}}
                """u8,
                32),
            Make(
                """
                {"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"e":{"dtype":"F64","shape":[0,3],
                "data_offsets":[8,8]},"h":{"dtype":"F16","shape":[1,2,2],"data_offsets":[8,16]}}
                """u8,
                16),
        ],
        [
            "{", "}", "[", "]", ",", ":", "\"", "-", "0", "1", "9", "e9", "null", "true", "\\u0000", "\\", "F32", "F64",
            "BF16", "I8", "dtype", "shape", "data_offsets", "__metadata__", "9223372036854775807",
            "18446744073709551616", "\u00E9",
            ""","c":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}""",
        ],
        count,
        WithTrueLength);

    private static byte[] WithTrueLength(byte[] bytes)
    {
        int end = bytes.AsSpan().LastIndexOf((byte)'}') + 1;
        if (bytes.Length > 8 && end > 8)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, end - 8);
        }

        return bytes;
    }

    private static string W(
        string name = "w", string dtype = "\"F32\"", string shape = "[2]", string offsets = "[0,8]") =>
        $$"""
        "{{name}}":{"dtype":{{dtype}},"shape":{{shape}},"data_offsets":{{offsets}}}
        """;

    private static byte[] Make(ReadOnlySpan<byte> header, int values)
    {
        byte[] bytes = new byte[8 + header.Length + values];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        header.CopyTo(bytes.AsSpan(8));
        return bytes;
    }

    private static void AssertRefused(byte[] bytes, string problem) =>
        FileOpening.AssertRefused(Extension, bytes, problem);
}
