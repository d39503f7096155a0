using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace InitTools.Formats.Tests.Safetensors;

public sealed class SafetensorsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inittools-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(DType.Float16, "F16")]
    [InlineData(DType.BFloat16, "BF16")]
    [InlineData(DType.Float32, "F32")]
    [InlineData(DType.Float64, "F64")]
    public void What_is_written_is_read(DType dtype, string stored)
    {
        string path = PathOf("w.safetensors");
        WeightTensor[] tensors =
            [Recipe("fc1.weight", "5x7", dtype), Recipe("b", "3", dtype), Recipe("é\"", "2x1x4", dtype)];
        TensorFile.Write(path, tensors, force: false, new ParallelOptions());

        TensorFileContents contents = TensorFile.Open(path);
        Assert.Equal(tensors.Select(tensor => tensor.Name), contents.Tensors.Select(tensor => tensor.Name));
        for (int i = 0; i < tensors.Length; i++)
        {
            Assert.Equal(stored, contents.Tensors[i].StoredType);
            WeightTensor read = contents.Tensors[i].ToWeightTensor(Layout.IO);
            Assert.Equal((tensors[i].Shape, tensors[i].DType), (read.Shape, read.DType));
            Assert.Equal(tensors[i].ToArray<double>(), read.ToArray<double>());
            Assert.Null(read.Seed);
        }
    }

    [Fact]
    public void The_bytes_follow_the_formats_description()
    {
        string path = PathOf("w.safetensors");
        WeightTensor tensor = Recipe("w", "2x3", DType.Float32).WithLayout(Layout.OI);
        TensorFile.Write(path, [tensor], force: false, new ParallelOptions());

        byte[] bytes = File.ReadAllBytes(path);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        JsonNode header = JsonNode.Parse(Encoding.UTF8.GetString(bytes, 8, length))!;
        Assert.Equal(0, length % 8);
        Assert.Equal(["format", "inittools"], header["__metadata__"]!.AsObject().Select(pair => pair.Key));
        Assert.Equal("pt", header["__metadata__"]!["format"]!.GetValue<string>());
        header.AsObject().Remove("__metadata__");
        Assert.Equal("""{"w":{"dtype":"F32","shape":[3,2],"data_offsets":[0,24]}}""", header.ToJsonString());
        Assert.Equal(tensor.ToArray<float>(), Enumerable.Range(0, 6)
            .Select(i => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(8 + length + 4 * i))));
    }

    [Fact]
    public void Integers_and_empty_tensors_are_listed_and_are_no_weights()
    {
        TensorFileContents contents = TensorFile.Open(Make(
            """{"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"e":{"dtype":"F32","shape":[0,3],"data_offsets":[8,8]}}""",
            8));

        Assert.Equal([("n", false), ("e", false)], contents.Tensors.Select(tensor => (tensor.Name, tensor.IsWeight)));
        Assert.Equal(
            ErrorId.UnknownDType,
            Assert.Throws<InitToolsException>(() => contents.Tensors[0].ToWeightTensor(Layout.IO)).ErrorId);
    }

    [Fact]
    public void A_file_that_changed_since_it_was_opened_is_not_read()
    {
        string path = PathOf("w.safetensors");
        TensorFile.Write(path, [Recipe("w", "2x3", DType.Float32)], force: false, new ParallelOptions());
        WeightTensor tensor = TensorFile.Open(path).Tensors[0].ToWeightTensor(Layout.IO);
        File.SetLastWriteTimeUtc(path, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Contains("changed", Assert.Throws<InvalidDataException>(() => tensor.ToArray<float>()).Message);
    }

    private string Make(string header, int values)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] bytes = new byte[8 + text.Length + values];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, text.Length);
        text.CopyTo(bytes, 8);
        string path = PathOf("made.safetensors");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private static WeightTensor Recipe(string name, string shape, DType dtype) =>
        WeightTensor.Create(new WeightTensorOptions
        {
            Name = name,
            Shape = TensorShape.Parse(shape),
            Initializer = Initializer.Parse("RandomNormal(stddev=0.5)"),
            Seed = new Seed(7UL),
            DType = dtype,
        });
}
