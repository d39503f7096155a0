using System.Buffers.Binary;
using System.Text;
using Xunit;

namespace InitTools.Formats.Tests.Npy;

public sealed class NpyWriterTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(DType.Float32, 301, 127)]
    [InlineData(DType.Float64, 127, 301)]
    public void Matrix_reads_back_to_the_bit(DType dtype, int rows, int columns)
    {
        WeightTensor tensor = Tensor(new TensorShape(rows, columns), dtype);
        string path = _directory.PathOf("w.npy");

        TensorFile.Write(path, [tensor], force: false, new ParallelOptions());
        DataSet read = DataFile.Read(path, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((rows, columns), (read.RowCount, read.ColumnCount));
        Assert.Equal(
            tensor.ToArray<double>().Select(BitConverter.DoubleToInt64Bits),
            read.Values.ToArray().Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void Float16_is_written_as_the_rounded_float32()
    {
        var shape = new TensorShape(3, 3, 4, 5);
        byte[] bytes = Bytes(Tensor(shape, DType.Float16));

        NpyHeader header = NpyHeader.Read(new MemoryStream(bytes));
        Assert.Equal("<f2", header.Descr);
        Assert.Equal([3, 3, 4, 5], header.Shape);
        Half[] expected = [.. Tensor(shape, DType.Float32).ToArray<float>().Select(x => (Half)x)];
        ReadOnlySpan<byte> numbers = bytes.AsSpan(bytes.Length - 2 * expected.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], BinaryPrimitives.ReadHalfLittleEndian(numbers[(2 * i)..]));
        }
    }

    [Fact]
    public void Slice_is_a_vector_of_its_elements()
    {
        WeightTensor whole = Tensor(new TensorShape(10, 7), DType.Float32);
        byte[] bytes = Bytes(WeightTensor.Create(whole.GetOptions() with { Offset = 20, Count = 11 }));

        Assert.Equal([11], NpyHeader.Read(new MemoryStream(bytes)).Shape);
        Assert.Equal(Bytes(whole)[(128 + 20 * 4)..(128 + 31 * 4)], bytes[^44..]);
    }

    [Fact]
    public void BFloat16_is_refused_and_nothing_is_written()
    {
        InitToolsException error = Assert.Throws<InitToolsException>(() => TensorFile.Write(
            _directory.PathOf("w.npy"),
            [Tensor(new TensorShape(2, 3), DType.BFloat16)],
            force: false,
            new ParallelOptions()));

        Assert.Equal(ErrorId.UnknownDType, error.ErrorId);
        Assert.Contains("Float16, Float32 and Float64", error.Message, StringComparison.Ordinal);
        Assert.Empty(_directory.FileNames);
    }

    [Fact]
    public void Rank_33_is_refused() => Assert.Equal(
        ErrorId.InvalidShape,
        Assert.Throws<InitToolsException>(
            () => Bytes(Tensor(new TensorShape([.. Enumerable.Repeat(1L, 33)]), DType.Float32))).ErrorId);

    [Fact]
    public void Large_tensor_is_streamed_and_reports_progress()
    {
        const int Count = 1 << 23;
        List<double> shares = [];
        long before = GC.GetAllocatedBytesForCurrentThread();

        TensorFile.Write(
            _directory.PathOf("w.npy"),
            [Tensor(new TensorShape(Count / 64, 64), DType.Float32)],
            force: false,
            new ParallelOptions { MaxDegreeOfParallelism = 1 },
            new Recorder(shares));

        // The file has 32 MiB.
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 16 << 20);
        Assert.Equal(128 + 4L * Count, new FileInfo(_directory.PathOf("w.npy")).Length);
        Assert.Equal(shares.Order(), shares);
        Assert.Equal(1, shares[^1]);
        Assert.True(shares.Count > 4);
    }

    [Fact]
    public void Cancelled_writing_leaves_the_old_file()
    {
        string path = _directory.PathOf("w.npy");
        File.WriteAllText(path, "old");

        Assert.Throws<OperationCanceledException>(() => TensorFile.Write(
            path,
            [Tensor(new TensorShape(100, 100), DType.Float32)],
            force: true,
            new ParallelOptions { CancellationToken = new CancellationToken(canceled: true) }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["w.npy"], _directory.FileNames);
    }

    [Fact]
    public void Header_is_padded_to_64_bytes()
    {
        byte[] bytes = Bytes(Tensor(new TensorShape(5), DType.Float32));

        Assert.Equal(128 + 5 * 4, bytes.Length);
        Assert.Contains("'shape': (5,), }", Encoding.ASCII.GetString(bytes, 0, 128), StringComparison.Ordinal);
    }

    private static WeightTensor Tensor(TensorShape shape, DType dtype) => WeightTensor.Create(new WeightTensorOptions
    {
        Name = "w",
        Shape = shape,
        Initializer = Initializer.Parse("RandomNormal(stddev=0.1)"),
        Seed = new Seed(7L),
        DType = dtype,
    });

    private static byte[] Bytes(WeightTensor tensor)
    {
        using var stream = new MemoryStream();
        NpyWriter.Write(stream, tensor, new ParallelOptions());
        return stream.ToArray();
    }

    private sealed class Recorder(List<double> values) : IProgress<double>
    {
        public void Report(double value) => values.Add(value);
    }
}
