using System.Buffers.Binary;
using System.IO.Compression;
using Xunit;

namespace InitTools.Formats.Tests.Npy;

public sealed class NpzFileTests : IDisposable
{
    private static readonly double[] s_matrix = [1, -2.5, 3, 0.1, 1e-30, -0.0];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("stored.npz")]
    [InlineData("deflated.npz")]
    public void What_NumPy_wrote_is_read_to_the_bit(string name)
    {
        TensorFileContents contents = TensorFile.Open(TestData.PathOf($"npy/{name}"));
        WeightTensor[] weights =
            [.. contents.Tensors.Where(tensor => tensor.IsWeight).Select(tensor => tensor.ToWeightTensor())];

        Assert.Equal(
            ["fc1.weight", "fc1.bias", "dense/kernel:0", "big", "steps"], contents.Tensors.Select(
                tensor => tensor.Name));
        Assert.Equal(["2x3", "3", "2x3", "2x3"], weights.Select(weight => weight.Shape));
        Assert.Equal(["Float32", "Float16", "Float64", "Float64"], weights.Select(weight => weight.DType));
        Assert.Equal(Bits(s_matrix.Select(x => (double)(float)x)), Bits(weights[0].ToArray<double>()));
        Assert.Equal([1, 2, 3], weights[1].ToArray<double>());
        Assert.Equal(Bits(s_matrix), Bits(weights[2].ToArray<double>()));
        Assert.Equal(Bits(s_matrix), Bits(weights[3].ToArray<double>()));

        // Back and forth, as one who looks at single elements does.
        Assert.Equal((0.1, 3.0, 0.1), (weights[3][1, 0], weights[3][0, 2], weights[3][1, 0]));
    }

    [Fact]
    public void What_is_written_is_an_archive_of_npy_files()
    {
        WeightTensor[] tensors =
        [
            Tensor("fc1.weight", "301x127", DType.Float32), Tensor("é", "3", DType.Float16),
            Tensor("a/b:0", "2x1x4", DType.Float64),
        ];
        string path = Write(tensors);

        using (ZipArchive archive = ZipFile.OpenRead(path))
        {
            Assert.Equal(
                tensors.Select(tensor => tensor.Name + ".npy"), archive.Entries.Select(entry => entry.FullName));
            foreach ((WeightTensor tensor, ZipArchiveEntry entry) in tensors.Zip(archive.Entries))
            {
                using MemoryStream expected = new();
                NpyWriter.Write(expected, tensor, new ParallelOptions());
                using MemoryStream content = new();
                using Stream stream = entry.Open();
                stream.CopyTo(content, 1 << 16);
                Assert.Equal(expected.ToArray(), content.ToArray());
                Assert.Equal(ChecksumOf(expected.ToArray()), entry.Crc32);
                Assert.Equal(expected.Length, entry.CompressedLength);
            }
        }

        Assert.Equal(
            tensors.Select(tensor => tensor.ToArray<double>()),
            TensorFile.Open(path).Tensors.Select(tensor => tensor.ToWeightTensor().ToArray<double>()));
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(Write(tensors, "again.npz")));
    }

    [Fact]
    public void A_compressed_weight_of_many_chunks_is_read_in_its_order_and_measured()
    {
        WeightTensor tensor = Tensor("w", "1024x1500", DType.Float32);
        string path = _directory.PathOf("w.npz");
        using (ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create))
        using (Stream stream = archive.CreateEntry("w.npy", CompressionLevel.Fastest).Open())
        {
            NpyWriter.Write(stream, tensor, new ParallelOptions());
        }

        WeightTensor read = TensorFile.Open(path).Tensors[0].ToWeightTensor();
        Assert.Equal(tensor.GetStatistics(), read.GetStatistics());
        Assert.Equal(tensor.ToArray<float>(), read.ToArray<float>());
        Assert.Equal(tensor.WithLayout(Layout.OI).ToArray<float>(), read.WithLayout(Layout.OI).ToArray<float>());
    }

    [Fact]
    public void Sizes_of_64_bits_are_read_where_the_32_bits_say_so()
    {
        WeightTensor tensor = Tensor("w", "5x7", DType.Float32);
        byte[] plain = File.ReadAllBytes(Write([tensor]));
        int directory = plain.AsSpan().IndexOf("PK\u0001\u0002"u8);
        int end = plain.AsSpan().IndexOf("PK\u0005\u0006"u8);
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(plain.AsSpan(directory + 20));

        // The same archive with the fields of a large one.
        List<byte> bytes = [.. plain[..end]];
        (bytes[directory + 30], bytes[directory + 31]) = (28, 0);
        foreach (int field in (int[])[20, 21, 22, 23, 24, 25, 26, 27, 42, 43, 44, 45])
        {
            bytes[directory + field] = 0xFF;
        }

        Append(bytes, 1, 2);
        Append(bytes, 24, 2);
        Append(bytes, size, 8);
        Append(bytes, size, 8);
        Append(bytes, 0, 8);
        long largeEnd = bytes.Count;
        bytes.AddRange("PK\u0006\u0006"u8);
        Append(bytes, 44, 8);
        Append(bytes, 45, 2);
        Append(bytes, 45, 2);
        Append(bytes, 0, 8);
        Append(bytes, 1, 8);
        Append(bytes, 1, 8);
        Append(bytes, largeEnd - directory, 8);
        Append(bytes, directory, 8);
        bytes.AddRange("PK\u0006\u0007"u8);
        Append(bytes, 0, 4);
        Append(bytes, largeEnd, 8);
        Append(bytes, 1, 4);
        bytes.AddRange([(byte)'P', (byte)'K', 5, 6, 0, 0, 0, 0, .. Enumerable.Repeat((byte)0xFF, 12), 0, 0]);
        string path = _directory.PathOf("large.npz");
        File.WriteAllBytes(path, [.. bytes]);

        Assert.Equal(tensor.ToArray<float>(), TensorFile.Open(path).Tensors[0].ToWeightTensor().ToArray<float>());
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void More_than_4_GiB_are_written_and_read()
    {
        WeightTensor[] tensors =
        [
            Tensor("large", "2200000000", DType.Float16, "Constant(0.25)"), Tensor("behind", "5x7", DType.Float32),
        ];
        string path = Write(tensors);

        using (ZipArchive archive = ZipFile.OpenRead(path))
        {
            Assert.Equal(2L * 2_200_000_000 + 128, archive.Entries[0].Length);
        }

        WeightTensor[] read = [.. TensorFile.Open(path).Tensors.Select(tensor => tensor.ToWeightTensor())];
        Assert.Equal(0.25, read[0][2_199_999_999]);
        Assert.Equal(tensors[1].ToArray<float>(), read[1].ToArray<float>());
    }

    [Theory]
    [InlineData("../w.npy", "leads out of its folder")]
    [InlineData("/w.npy", "is an absolute path")]
    [InlineData("C:\\w.npy", "is an absolute path")]
    public void A_path_out_of_the_archive_is_refused(string member, string problem)
    {
        string path = _directory.PathOf("w.npz");
        using (ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            archive.CreateEntry(member);
        }

        Refuse(path, problem);
        Assert.Equal(
            ErrorId.InvalidArgument,
            Assert.Throws<InitToolsException>(() => Write([Tensor(member[..^4], "2", DType.Float32)])).ErrorId);
    }

    [Theory]
    [InlineData("encrypted", 8, 1, "is encrypted")]
    [InlineData("method", 10, 99, "the method 99 is neither")]
    [InlineData("size", 24, 1, "do not expand to")]
    [InlineData("offset", 42, 7, "the header of 'w.npy' was expected")]
    [InlineData("signature", 0, 0, "an entry of the directory was expected")]
    public void A_false_directory_is_refused(string field, int offset, byte value, string problem)
    {
        string path = Write([Tensor("w", "5x7", DType.Float32)], $"{field}.npz");
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf("PK\u0001\u0002"u8) + offset] = value;
        File.WriteAllBytes(path, bytes);

        Refuse(path, problem);
    }

    [Fact]
    public void A_member_that_says_that_it_expands_beyond_Deflate_is_refused()
    {
        string path = _directory.PathOf("bomb.npz");
        File.Copy(TestData.PathOf("npy/deflated.npz"), path);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf("PK\u0001\u0002"u8) + 27] = 0x70;
        File.WriteAllBytes(path, bytes);

        Refuse(path, "do not expand to");
    }

    [Fact]
    public void Entries_that_share_bytes_are_refused()
    {
        string path = Write([Tensor("a", "2", DType.Float32), Tensor("b", "2", DType.Float32)]);
        byte[] bytes = File.ReadAllBytes(path);
        int first = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8);
        int second = bytes.AsSpan(first + 4).IndexOf("PK\u0001\u0002"u8) + first + 4;

        // Two entries for the first member: of one name, and of another that its header does not have.
        bytes.AsSpan(first + 42, 4).CopyTo(bytes.AsSpan(second + 42));
        File.WriteAllBytes(path, bytes);
        Refuse(path, "the header of 'b.npy' was expected");

        bytes[second + 46] = (byte)'a';
        File.WriteAllBytes(path, bytes);
        Refuse(path, "stands twice");

        // A first member that is said to reach into the second one.
        bytes[second + 46] = (byte)'b';
        BinaryPrimitives.WriteInt32LittleEndian(
            bytes.AsSpan(second + 42), bytes.AsSpan(4).IndexOf("PK\u0003\u0004"u8) + 4);
        foreach (int field in (int[])[20, 24])
        {
            bytes[first + field] += 40;
        }

        File.WriteAllBytes(path, bytes);
        Refuse(path, "overlaps");
    }

    [Fact]
    public void A_damaged_member_is_refused_when_it_is_read()
    {
        string path = _directory.PathOf("damaged.npz");
        byte[] bytes = TestData.BytesOf("npy/deflated.npz");
        int checksum = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8) + 16;
        bytes[checksum] ^= 1;
        File.WriteAllBytes(path, bytes);
        WeightTensor read = TensorFile.Open(path).Tensors[0].ToWeightTensor();

        Assert.Contains("checksum", Assert.Throws<InvalidDataException>(() => read.ToArray<float>()).Message);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] bytes = File.ReadAllBytes(Write([Tensor("w", "5x7", DType.Float32)]));
        string path = _directory.PathOf("short.npz");
        for (int length = 0; length < bytes.Length; length += 7)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Refuse(path, "at byte");
        }
    }

    private static void Refuse(string path, string problem)
    {
        string message = Assert.Throws<InvalidDataException>(() => TensorFile.Open(path)).Message;
        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.Matches("at byte [0-9]+:", message);
    }

    private static IEnumerable<long> Bits(IEnumerable<double> values) => values.Select(BitConverter.DoubleToInt64Bits);

    private static uint ChecksumOf(byte[] bytes)
    {
        uint rest = uint.MaxValue;
        foreach (byte value in bytes)
        {
            rest ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                rest = (rest >> 1) ^ ((rest & 1) * 0xEDB88320);
            }
        }

        return ~rest;
    }

    private static void Append(List<byte> bytes, long value, int width)
    {
        for (int i = 0; i < width; i++)
        {
            bytes.Add((byte)(value >> (8 * i)));
        }
    }

    private static WeightTensor Tensor(string name, string shape, DType dtype, string expression = "RandomNormal") =>
        WeightTensor.Create(new WeightTensorOptions
        {
            Name = name,
            Shape = TensorShape.Parse(shape),
            Initializer = Initializer.Parse(expression),
            Seed = new Seed(7UL),
            DType = dtype,
        });

    private string Write(IReadOnlyList<WeightTensor> tensors, string name = "w.npz")
    {
        string path = _directory.PathOf(name);
        TensorFile.Write(path, tensors, force: true, new ParallelOptions());
        return path;
    }
}
