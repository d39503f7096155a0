using System.Text.Json.Nodes;
using Xunit;

namespace InitTools.Formats.Tests.Parts;

public sealed class PartedTensorsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Parts_that_jobs_write_are_those_that_one_writes()
    {
        WeightTensor[] tensors = Stack(7);
        string whole = _directory.PathOf("whole.safetensors");
        Write("model.safetensors", tensors, "*/3");
        string[] files = ["model-00001-of-00003.safetensors", "model-00002-of-00003.safetensors",
            "model-00003-of-00003.safetensors", "model.safetensors.index.json"];
        Assert.Equal(files, _directory.FileNames.Order(StringComparer.Ordinal));
        byte[][] bytes = [.. files.Select(file => File.ReadAllBytes(_directory.PathOf(file)))];

        // In another order, as jobs do, and from the recipe alone.
        TensorFile.Write(_directory.PathOf("m.init.json"), tensors, force: false, new ParallelOptions());
        foreach (string file in files)
        {
            File.Delete(_directory.PathOf(file));
        }

        foreach (string part in (string[])["2/3", "3/3", "1/3"])
        {
            Write("model.safetensors", Read("m.init.json"), part);
        }

        Assert.Equal(bytes, files.Select(file => File.ReadAllBytes(_directory.PathOf(file))));
        WeightTensor[] read = Read("model.safetensors.index.json");
        Assert.Equal(tensors.Select(tensor => tensor.Name), read.Select(tensor => tensor.Name));
        Assert.Equal(tensors.Select(tensor => tensor.ToArray<float>()), read.Select(tensor => tensor.ToArray<float>()));

        // One file made of the parts is that made of the tensors, recipes and all.
        Write("whole.safetensors", tensors);
        Write("joined.safetensors", read);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(_directory.PathOf("joined.safetensors")));
    }

    [Fact]
    public void The_index_says_where_each_tensor_is_and_how_many_bytes_there_are()
    {
        WeightTensor[] tensors = Stack(3);
        Write("model.safetensors", tensors, "2/2");
        JsonNode index = JsonNode.Parse(File.ReadAllText(_directory.PathOf("model.safetensors.index.json")))!;

        Assert.Equal(tensors.Sum(tensor => 4 * tensor.Count), index["metadata"]!["total_size"]!.GetValue<long>());
        Assert.Equal(
            [("w1", "00001"), ("w2", "00001"), ("w3", "00002")],
            index["weight_map"]!.AsObject().Select(pair => (pair.Key, pair.Value!.GetValue<string>()[6..11])));
    }

    [Theory]
    [InlineData("1,1,1,1", 2, "0-2 2-4")]
    [InlineData("1,1,1,9", 2, "0-3 3-4")]
    [InlineData("9,1,1,1", 3, "0-1 1-3 3-4")]
    [InlineData("100,1", 2, "0-1 1-2")]
    [InlineData("5,3,4,2,6", 3, "0-2 2-4 4-5")]
    [InlineData("0,0,0", 3, "0-1 1-2 2-3")]
    [InlineData("7", 1, "0-1")]
    public void The_largest_part_is_as_small_as_can_be(string sizes, int count, string expected) => Assert.Equal(
        expected,
        string.Join(' ', Partition.Of([.. sizes.Split(',').Select(long.Parse)], count)
            .Select(run => $"{run.Start}-{run.End}")));

    [Fact]
    public void A_part_that_exists_is_not_replaced_and_an_index_that_is_the_same_stays()
    {
        Write("model.safetensors", Stack(3), "1/3");
        Write("model.safetensors", Stack(3), "2/3");
        Assert.Equal(ErrorId.FileExists, Error("2/3", Stack(3)));

        // Another model's index.
        Assert.Equal(ErrorId.FileExists, Error("3/3", Stack(4)));
        Assert.Equal(3, _directory.FileNames.Length);
    }

    [Theory]
    [InlineData("model.npz", "1/2", ErrorId.ParameterConflict)]
    [InlineData("model.safetensors", "1/4", ErrorId.InvalidArgument)]
    public void What_has_no_such_parts_is_refused(string name, string part, ErrorId expected) => Assert.Equal(
        expected,
        Assert.Throws<InitToolsException>(() => Write(name, Stack(3), part)).ErrorId);

    [Theory]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("3")]
    [InlineData("1/2/3")]
    [InlineData("-1/3")]
    [InlineData("a/3")]
    [InlineData("1/100000")]
    public void What_is_no_part_is_refused(string text) => Assert.Equal(
        ErrorId.InvalidArgument, Assert.Throws<InitToolsException>(() => PartNumber.Parse(text)).ErrorId);

    [Theory]
    [InlineData("""{"weight_map":{"w":"../w.safetensors"}}""", "in the folder of the index")]
    [InlineData("""{"weight_map":{"w":"/w.safetensors"}}""", "in the folder of the index")]
    [InlineData("""{"weight_map":{"w":"C:w.safetensors"}}""", "in the folder of the index")]
    [InlineData("""{"weight_map":{"w":"w.bin"}}""", "in the folder of the index")]
    [InlineData("""{"weight_map":{"w":1}}""", "the name of a file was expected")]
    [InlineData("""{"weight_map":{"w":"a.safetensors","w":"b.safetensors"}}""", "'w' stands twice")]
    [InlineData("""{"metadata":{}}""", "'weight_map' is missing")]
    [InlineData("""{"weight_map":{"x":"w.safetensors","w":"w.safetensors"}}""", "'x' is not in 'w.safetensors'")]
    [InlineData("[", "an object was expected")]
    public void A_malformed_index_is_refused(string json, string problem)
    {
        Write("w.safetensors", [Tensor("w", "2x3")]);
        string path = _directory.PathOf("w.safetensors.index.json");
        File.WriteAllText(path, json);
        string message = Assert.Throws<InvalidDataException>(() => TensorFile.Open(path)).Message;

        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.Matches("at byte [0-9]+:", message);
    }

    [Fact]
    public void A_file_that_is_missing_is_named()
    {
        string path = _directory.PathOf("w.safetensors.index.json");
        File.WriteAllText(path, """{"weight_map":{"w":"gone.safetensors"}}""");
        InitToolsException error = Assert.Throws<InitToolsException>(() => TensorFile.Open(path));

        Assert.Equal(ErrorId.InvalidFile, error.ErrorId);
        Assert.Contains("gone.safetensors", error.Message, StringComparison.Ordinal);
    }

    private static WeightTensor[] Stack(int count) =>
        [.. Enumerable.Range(1, count).Select(i => Tensor($"w{i}", $"{i}x11"))];

    private static WeightTensor Tensor(string name, string shape) => WeightTensor.Create(new WeightTensorOptions
    {
        Name = name,
        Shape = TensorShape.Parse(shape),
        Initializer = Initializer.Parse("HeNormal"),
        Seed = new Seed(7UL),
    });

    private ErrorId Error(string part, IReadOnlyList<WeightTensor> tensors) =>
        Assert.Throws<InitToolsException>(() => Write("model.safetensors", tensors, part)).ErrorId;

    private WeightTensor[] Read(string name) => [.. new WeightImport().Read(_directory.PathOf(name)).Weights];

    private void Write(string name, IReadOnlyList<WeightTensor> tensors, string? part = null) => TensorFile.Write(
        _directory.PathOf(name),
        tensors,
        force: false,
        new ParallelOptions(),
        part: part is null ? null : PartNumber.Parse(part));
}
