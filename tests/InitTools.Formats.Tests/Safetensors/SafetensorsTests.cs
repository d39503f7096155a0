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
        WeightTensor[] tensors = [Recipe("fc1.weight", "5x7", dtype), Recipe("b", "3", dtype), Recipe("é\"", "2x1x4", dtype)];
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

    [Theory]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "file has 7 bytes")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "file has 9 bytes")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "begin at 4")]
    [InlineData("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "do not fit the shape (3)")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "shape: a whole number")]
    [InlineData("""{"w":{"dtype":"F32","shape":[4294967296,4294967296,2],"data_offsets":[0,8]}}""", 8, "do not fit")]
    [InlineData("""{"w":{"dtype":"Q4","shape":[2],"data_offsets":[0,8]}}""", 8, "'Q4' is not one of")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "do not fit")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2]}}""", 8, "are needed")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        8, "'w' stands twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""",
        12, "overlap")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "a text was expected for 'a'")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", 0, "'a' stands twice")]
    [InlineData("""{"__metadata__":{"inittools":"{}"}}""", 0, "__metadata__: inittools: ")]
    [InlineData("""{"w":[[[[[[[[[]]]]]]]]]}""", 0, "an object was expected")]
    [InlineData("""{"w":{"dtype":"F32","shape":[[[[[2]]]]],"data_offsets":[0,8]}}""", 8, "whole number")]
    [InlineData("""{}x""", 0, "not JSON")]
    [InlineData("[]", 0, "an object was expected")]
    [InlineData("", 0, "not JSON")]
    public void A_malformed_file_is_refused_with_the_offset(string header, int values, string problem)
    {
        string message = Assert.Throws<InvalidDataException>(() => TensorFile.Open(Make(header, values))).Message;

        Assert.Contains(problem, message);
        Assert.Matches("at byte [0-9]+:", message);
    }

    [Fact]
    public void A_header_longer_than_the_file_takes_no_memory()
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, 99_000_000);
        File.WriteAllBytes(PathOf("long.safetensors"), bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidDataException>(() => TensorFile.Open(PathOf("long.safetensors")));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }

    [Fact]
    public void Any_mutation_is_read_or_refused()
    {
        string path = PathOf("w.safetensors");
        TensorFile.Write(
            path, [Recipe("a", "2x3", DType.Float32), Recipe("b", "4", DType.Float64)], force: false, new ParallelOptions());
        byte[] sound = File.ReadAllBytes(path);
        Random random = new(20261127);
        int refused = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] bytes = Mutate(sound, random);
            File.WriteAllBytes(path, bytes);
            try
            {
                foreach (StoredTensor tensor in TensorFile.Open(path).Tensors.Where(tensor => tensor.IsWeight))
                {
                    Assert.True(tensor.Bytes <= bytes.Length);
                    _ = tensor.ToWeightTensor(Layout.IO).ToArray();
                }
            }
            catch (InvalidDataException)
            {
                refused++;
            }
            catch (InitToolsException exception)
            {
                // A mutated name can be empty.
                Assert.Equal(ErrorId.InvalidArgument, exception.ErrorId);
            }
        }

        Assert.InRange(refused, 1, 2999);
    }

    private static byte[] Mutate(byte[] sound, Random random)
    {
        List<byte> bytes = [.. sound];
        for (int edits = random.Next(1, 4); edits > 0; edits--)
        {
            int place = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.Insert(place, (byte)"0123456789[]{},:\"-"[random.Next(18)]);
                    break;
                default:
                    bytes.RemoveRange(place, Math.Min(bytes.Count - place - 1, random.Next(1, 8)));
                    break;
            }
        }

        return [.. bytes];
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
