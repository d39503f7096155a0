using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace InitTools.Formats.Tests.Npy;

public class NpyReaderTests
{
    [Theory]
    [InlineData("float32-c-v1.npy", true)]
    [InlineData("float32-fortran-v1.npy", true)]
    [InlineData("float64-c-v2.npy", false)]
    [InlineData("float64-fortran-v3.npy", false)]
    [InlineData("float64-big-endian.npy", false)]
    public void What_NumPy_wrote_is_read_to_the_bit(string name, bool isSingle)
    {
        DataSet data = Read(TestData.BytesOf($"npy/{name}"));

        double[] expected = isSingle
            ? [1, -2.5, 3, 0.1f, 1e-30f, -0.0]
            : [1, -2.5, 3, 0.1, 1e-30, -0.0];
        Assert.Equal((2, 3), (data.RowCount, data.ColumnCount));
        Assert.Equal(
            expected.Select(BitConverter.DoubleToInt64Bits),
            data.Values.ToArray().Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(["column1", "column2", "column3"], data.ColumnNames);
    }

    [Theory]
    [InlineData("int64.npy", "'<i8'")]
    [InlineData("objects.npy", "'|O'")]
    [InlineData("structured.npy", "structured")]
    [InlineData("vector.npy", "1 dimensions")]
    [InlineData("number.npy", "0 dimensions")]
    public void What_is_no_matrix_of_floats_is_refused(string name, string problem)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Read(TestData.BytesOf($"npy/{name}")));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-rows.npy", ErrorId.EmptyBatch)]
    [InlineData("no-columns.npy", ErrorId.InvalidShape)]
    [InlineData("nan.npy", ErrorId.InvalidCell)]
    public void Matrix_that_is_no_batch_is_refused(string name, ErrorId errorId)
    {
        InitToolsException error = Assert.Throws<InitToolsException>(() => Read(TestData.BytesOf($"npy/{name}")));

        Assert.Equal(errorId, error.ErrorId);
    }

    [Fact]
    public void Truncation_anywhere_is_named_with_the_offset()
    {
        byte[] bytes = TestData.BytesOf("npy/float64-c-v2.npy");
        for (int length = 0; length < bytes.Length; length++)
        {
            InvalidDataException error = Assert.Throws<InvalidDataException>(() => Read(bytes[..length]));
            Assert.Contains($"at byte {length}:", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Surplus_bytes_are_refused()
    {
        byte[] bytes = [.. TestData.BytesOf("npy/float32-c-v1.npy"), 0];

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Read(bytes));

        Assert.Contains("25 bytes of numbers; the shape (2, 3)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(4294967296, 4294967296)")]
    [InlineData("(9223372036854775807, 9223372036854775807)")]
    [InlineData("(4611686018427387904, 4)")]
    [InlineData("(1000000000, 1)")]
    public void Shape_beyond_the_file_is_refused_before_memory_is_taken(string shape)
    {
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}";
        byte[] bytes = NpyBytes.WithHeader(header, 0, 0, 0, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidDataException>(() => Read(bytes));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void Wrong_first_bytes_are_named() =>
        Assert.Contains(
            "at byte 0:",
            Assert.Throws<InvalidDataException>(() => Read("PK\x03\x04 0123456789"u8.ToArray())).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Matrix_written_here_reads_back_larger_than_a_chunk()
    {
        const int Rows = 301;
        const int Columns = 127;
        byte[] numbers = new byte[Rows * Columns * sizeof(double)];
        for (int k = 0; k < Rows * Columns; k++)
        {
            BitConverter.TryWriteBytes(numbers.AsSpan(k * sizeof(double)), Math.ScaleB(k + 1, -9));
        }

        byte[] inC = [.. new NpyHeader("<f8", false, [Rows, Columns]).ToBytes(), .. numbers];
        byte[] inFortran = [.. new NpyHeader("<f8", true, [Columns, Rows]).ToBytes(), .. numbers];

        DataSet matrix = Read(inC);
        DataSet transposed = Read(inFortran);

        Assert.Equal(Math.ScaleB(300 * 127 + 126 + 1, -9), matrix[300, 126]);
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                Assert.Equal(matrix[i, j], transposed[j, i]);
            }
        }
    }

    [Fact]
    public void Mutated_files_are_read_or_refused_and_nothing_else()
    {
        byte[][] seeds =
        [
            .. Directory.GetFiles(TestData.PathOf("npy"), "*.npy")
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes),
        ];
        Gen<byte[]> mutated =
            from bytes in Gen.Elements(seeds)
            from length in Gen.Frequency((3, Gen.Constant(bytes.Length)), (1, Gen.Choose(0, bytes.Length)))
            from positions in Gen.Choose(0, Math.Max(0, length - 1)).ListOf(4)
            from values in Gen.Choose(0, 255).ListOf(4)
            select Mutate(bytes[..length], positions, values);

        Prop.ForAll(mutated.ToArbitrary(), bytes =>
        {
            try
            {
                Read(bytes);
            }
            catch (InvalidDataException)
            {
            }
            catch (InitToolsException error)
                when (error.ErrorId is ErrorId.EmptyBatch or ErrorId.InvalidShape or ErrorId.InvalidCell)
            {
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithReplay(20261122, 7));
    }

    private static byte[] Mutate(byte[] bytes, List<int> positions, List<int> values)
    {
        if (bytes.Length > 0)
        {
            for (int i = 0; i < positions.Count; i++)
            {
                bytes[positions[i]] = (byte)values[i];
            }
        }

        return bytes;
    }

    private static DataSet Read(byte[] bytes) =>
        NpyReader.ReadMatrix(new MemoryStream(bytes), cancellationToken: TestContext.Current.CancellationToken);
}
