using System.Text;
using Xunit;

namespace InitTools.Formats.Tests.BadFiles;

public class IndexBadFileTests
{
    private const string Extension = ".safetensors.index.json";
    private const string Part = "a.safetensors";

    public static TheoryData<string, string> Texts { get; } = new()
    {
        { "", "not JSON" },
        { "[]", "an object was expected" },
        { "{}", "the key 'weight_map' is missing" },
        { """{"weight_map":[]}""", "weight_map: an object was expected" },
        { """{"weight_map":{},"weight_map":{}}""", "the key 'weight_map' stands twice" },
        { """{"weight_map":{"w":1}}""", "weight_map: 'w': the name of a file was expected" },
        { """{"weight_map":{"w":"a.safetensors","w":"a.safetensors"}}""", "weight_map: the key 'w' stands twice" },
        { """{"weight_map":{"w":"/etc/a.safetensors"}}""", "'/etc/a.safetensors' is no .safetensors file in the folder" },
        { """{"weight_map":{"w":"../a.safetensors"}}""", "'../a.safetensors' is no .safetensors file in the folder" },
        { """{"weight_map":{"w":"b/a.safetensors"}}""", "is no .safetensors file in the folder" },
        { """{"weight_map":{"w":"..\\a.safetensors"}}""", "is no .safetensors file in the folder" },
        { """{"weight_map":{"w":"C:a.safetensors"}}""", "is no .safetensors file in the folder" },
        { """{"weight_map":{"w":"a\u0000.safetensors"}}""", "is no .safetensors file in the folder" },
        { """{"weight_map":{"w":"a.py"}}""", "'a.py' is no .safetensors file in the folder" },
        { """{"weight_map":{"w":"a.safetensors","v":"a.safetensors"}}""", "'v' is not in 'a.safetensors'" },
        { """{"metadata":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]],"weight_map":{}}""", "not JSON" },
        { """{"weight_map":{"w":"a.safetensors"}""", "not JSON" },
        { """{"weight_map":{"w":"a.safetensors"}}}""", "not JSON" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_malformed_index_is_refused_with_place_and_field(string text, string problem)
    {
        using TemporaryDirectory directory = new();
        WritePart(directory);
        FileOpening.AssertRefused(Extension, Encoding.UTF8.GetBytes(text), problem, directory);
    }

    [Fact]
    public void A_missing_part_is_named()
    {
        using TemporaryDirectory directory = new();
        string path = directory.PathOf("m" + Extension);
        File.WriteAllText(path, """{"weight_map":{"w":"gone.safetensors"}}""");

        var error = Assert.IsType<InitToolsException>(FileOpening.Read(path));

        Assert.Equal(ErrorId.InvalidFile, error.ErrorId);
        Assert.Contains(
            "gone.safetensors' cannot be read: there is no such file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_few_hundred_mutations_are_read_or_refused() => Mutate(500);

    [Fact]
    [Trait("Category", "Slow")]
    public void A_hundred_thousand_mutations_are_read_or_refused() => Mutate(100_000);

    private static void Mutate(int count)
    {
        using TemporaryDirectory directory = new();
        WritePart(directory);
        FileMutation.OpenAll(
            Extension,
            [
                """
                {"metadata":{"total_size":8},"weight_map":{"w":"a.safetensors"}}
                """u8.ToArray(),
            ],
            [
                "{", "}", "[", "]", ",", ":", "\"", "-", "0", "e9", "null", "\\u0000", "\\", "/", "..", "w",
                "weight_map", "metadata",
                ".safetensors", ",\"v\":\"a.safetensors\"",
            ],
            count,
            folder: directory);
    }

    private static void WritePart(TemporaryDirectory directory) => TensorFile.Write(
        directory.PathOf(Part),
        [WeightTensor.FromArray("w", "2", (float[])[1, 2])],
        force: false,
        new ParallelOptions());
}
