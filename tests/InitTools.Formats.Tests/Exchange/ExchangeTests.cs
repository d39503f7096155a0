using Xunit;

namespace InitTools.Formats.Tests.Exchange;

/// <summary>
/// NumPy, PyTorch and ONNX as they are installed on this machine read what is written here, and write what is read
/// here. Skipped where they are not installed.
/// </summary>
public sealed class ExchangeTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void NumPy_reads_what_is_written_here()
    {
        List<string> expected = [];
        List<WeightTensor> members = [];
        foreach ((DType dtype, string type) in ((DType, string)[])[
            (DType.Float16, "f2"), (DType.Float32, "f4"), (DType.Float64, "f8")])
        {
            foreach (string shape in (string[])["7", "5x3", "2x3x4", "1x1", "300x211"])
            {
                WeightTensor tensor = Recipe($"é/{shape}-{type}:0", shape, dtype);
                string name = $"{shape}-{type}.npy";
                TensorFile.Write(_directory.PathOf(name), [tensor], force: false, new ParallelOptions());
                expected.Add(PythonExchange.LineOf(name, type, tensor.GetShape().Dimensions, tensor));
                expected.Add(PythonExchange.LineOf(
                    $"all.npz/{tensor.Name}", type, tensor.GetShape().Dimensions, tensor));
                members.Add(tensor);
            }
        }

        TensorFile.Write(_directory.PathOf("all.npz"), members, force: false, new ParallelOptions());

        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            PythonExchange.Run("numpy-read", _directory.PathOf("")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_NumPy_writes_is_read_here()
    {
        string[] written = PythonExchange.Run("numpy-write", _directory.PathOf(""));

        // Sixty kinds of arrays, each as a file and as a member of two archives.
        Assert.Equal(3 * 60, written.Length);
        Assert.Equal(
            written.Order(StringComparer.Ordinal),
            _directory.FileNames
                .SelectMany(file => TensorFile.Open(_directory.PathOf(file)).Tensors.Select(tensor => PythonExchange.LineOf(
                    file.EndsWith(".npz", StringComparison.Ordinal) ? $"{file}/{tensor.Name}" : file,
                    tensor.StoredType[1..],
                    tensor.Dimensions,
                    tensor.ToWeightTensor())))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void PyTorch_reads_what_is_written_here()
    {
        WeightTensor[] tensors =
        [
            .. from shape in (string[])["7", "5x3", "8x3x3x3", "300x211"]
               from dtype in Enum.GetValues<DType>()
               select Recipe($"{shape}.{dtype}", shape, dtype),
        ];
        string path = _directory.PathOf("w.safetensors");
        TensorFile.Write(path, tensors, force: false, new ParallelOptions());

        Assert.Equal(
            tensors.Select(tensor => PythonExchange.LineOf(
                tensor.Name, tensor.DType.ToLowerInvariant(), tensor.GetShape().Dimensions, tensor)),
            PythonExchange.Run("torch-read", path));
    }

    [Fact]
    public void What_PyTorch_writes_is_read_here()
    {
        string path = _directory.PathOf("w.safetensors");
        string[] written = PythonExchange.Run("torch-write", path);

        Assert.Equal(written, LinesOf(path));
        Assert.All(TensorFile.Open(path).Tensors, tensor => Assert.Equal(Layout.OI, tensor.Layout));
    }

    [Fact]
    public void What_PyTorch_wrote_once_is_read_here() => Assert.Equal(
        File.ReadAllLines(TestData.PathOf("safetensors/torch.txt")),
        LinesOf(TestData.PathOf("safetensors/torch.safetensors")));

    [Theory]
    [InlineData("raw.onnx")]
    [InlineData("typed.onnx")]
    [InlineData("external.onnx")]
    public void ONNX_carries_what_is_written_here_to_where_it_is_read_again(string name)
    {
        WeightTensor[] tensors =
        [
            .. from dtype in (DType[])[DType.Float16, DType.Float32, DType.Float64]
               from shape in (string[])["7", "5x3", "2x3x4", "300x211"]
               select Recipe($"{dtype}.{shape}", shape, dtype),
        ];
        foreach (WeightTensor tensor in tensors)
        {
            TensorFile.Write(_directory.PathOf(tensor.Name + ".npy"), [tensor], force: false, new ParallelOptions());
        }

        PythonExchange.Run("onnx-write", _directory.PathOf(""));

        Dictionary<string, WeightTensor> read = TensorFile.Open(_directory.PathOf(name)).Tensors
            .ToDictionary(tensor => tensor.Name, tensor => tensor.ToWeightTensor());
        Assert.Equal(tensors.Length, read.Count);
        Assert.All(tensors, tensor =>
        {
            Assert.Equal((tensor.Shape, tensor.DType), (read[tensor.Name].Shape, read[tensor.Name].DType));
            Assert.Equal(tensor.ToArray<double>(), read[tensor.Name].ToArray<double>());
        });
    }

    private static IEnumerable<string> LinesOf(string path) => TensorFile.Open(path).Tensors.Select(stored =>
    {
        WeightTensor tensor = stored.ToWeightTensor();
        return PythonExchange.LineOf(stored.Name, tensor.DType.ToLowerInvariant(), stored.Dimensions, tensor);
    });

    private static WeightTensor Recipe(string name, string shape, DType dtype) =>
        WeightTensor.Create(new WeightTensorOptions
        {
            Name = name,
            Shape = TensorShape.Parse(shape),
            Initializer = Initializer.Parse("RandomNormal(stddev=0.5)"),
            Seed = new Seed(7UL),
            DType = dtype,
            Layout = Layout.OI,
        });
}
