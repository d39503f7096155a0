using System.Numerics;
using InitTools.Kernels;
using Xunit;

namespace InitTools.Core.Tests.Kernels;

/// <summary>The matrix product against a plain triple loop of fused multiply-adds, to the last bit.</summary>
public class MatrixProductTests
{
    private static readonly ParallelOptions s_oneThread = new() { MaxDegreeOfParallelism = 1 };

    public static TheoryData<int, int, int> Shapes()
    {
        // Every remainder by the widths and heights of the register blocks, and depths around the k block.
        var shapes = new TheoryData<int, int, int>();
        for (int size = 1; size <= 70; size++)
        {
            shapes.Add(size, 1 + size * 7 % 70, 1 + size * 13 % 70);
        }

        shapes.Add(15, 511, 33);
        shapes.Add(15, 512, 33);
        shapes.Add(15, 513, 33);
        shapes.Add(3, 1537, 2);
        shapes.Add(2500, 3, 40);
        shapes.Add(20, 3, 2500);
        return shapes;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_element_is_one_fused_chain(int rows, int depth, int columns)
    {
        foreach (Kernel kernel in KernelSelection.Available)
        {
            using IDisposable scope = KernelSelection.Use(kernel);
            EqualsTripleLoop<float>(rows, depth, columns, new Layouts(), s_oneThread);
            EqualsTripleLoop<double>(rows, depth, columns, new Layouts(), s_oneThread);
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 9, 3)]
    [InlineData(37, 530, 41)]
    [InlineData(64, 64, 64)]
    public void Transposed_operands_and_results_have_the_same_bits(int rows, int depth, int columns)
    {
        foreach (Kernel kernel in KernelSelection.Available)
        {
            using IDisposable scope = KernelSelection.Use(kernel);
            for (int bits = 0; bits < 16; bits++)
            {
                var layouts = new Layouts((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
                EqualsTripleLoop<float>(rows, depth, columns, layouts, s_oneThread);
                EqualsTripleLoop<double>(rows, depth, columns, layouts, s_oneThread);
            }
        }
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        foreach (Kernel kernel in KernelSelection.Available)
        {
            using IDisposable scope = KernelSelection.Use(kernel);
            EqualsTripleLoop<float>(150, 600, 300, new Layouts(), new ParallelOptions { MaxDegreeOfParallelism = 2 });
            EqualsTripleLoop<double>(300, 100, 150, new Layouts(), new ParallelOptions());
            EqualsTripleLoop<float>(5, 600, 900, new Layouts(), new ParallelOptions { MaxDegreeOfParallelism = 3 });
        }
    }

    [Theory]
    [InlineData(1 << 29)]
    [InlineData(int.MaxValue)]
    public void More_threads_than_any_machine_has_may_be_allowed(int threads) =>
        EqualsTripleLoop<float>(150, 600, 300, new Layouts(), new ParallelOptions { MaxDegreeOfParallelism = threads });

    [Fact]
    public void A_product_on_one_thread_allocates_nothing_once_its_buffers_exist()
    {
        const int Size = 200;
        float[] values = Values<float>(Size * Size, 1);
        float[] result = new float[Size * Size];
        Multiply();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Multiply();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Multiply() => MatrixProduct.Multiply(
            new MatrixView<float>(values, Size, Size),
            new MatrixView<float>(values, Size, Size).Transposed,
            new MatrixSpan<float>(result, Size, Size),
            accumulate: false,
            s_oneThread);
    }

    [Fact]
    public void NaN_and_infinity_reach_exactly_the_elements_they_belong_to()
    {
        const int Size = 40;
        double[] left = Values<double>(Size * Size, 1);
        double[] right = Values<double>(Size * Size, 2);
        left[7 * Size + 3] = double.NaN;
        right[5 * Size + 39] = double.PositiveInfinity;
        double[] result = new double[Size * Size];
        MatrixProduct.Multiply(
            new MatrixView<double>(left, Size, Size),
            new MatrixView<double>(right, Size, Size),
            new MatrixSpan<double>(result, Size, Size),
            accumulate: false,
            s_oneThread);
        for (int i = 0; i < Size; i++)
        {
            for (int j = 0; j < Size; j++)
            {
                double value = result[i * Size + j];
                Assert.Equal(i == 7, double.IsNaN(value));
                Assert.Equal(i != 7 && j != 39, double.IsFinite(value));
            }
        }
    }

    [Fact]
    public void Dimensions_that_do_not_fit_are_refused()
    {
        float[] values = new float[12];
        Errors.Expect(ErrorId.ShapeMismatch, () => MatrixProduct.Multiply(
            new MatrixView<float>(values, 3, 4),
            new MatrixView<float>(values, 3, 4),
            new MatrixSpan<float>(new float[12], 3, 4),
            false,
            s_oneThread));
        Errors.Expect(ErrorId.ShapeMismatch, () => { _ = new MatrixView<float>(values, 3, 5); });
        Errors.Expect(ErrorId.InvalidShape, () => { _ = new MatrixView<float>(values, 0, 5); });
        Errors.Expect(ErrorId.InvalidShape, () => { _ = new MatrixSpan<float>(values, 2, 3, 6, 2); });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Cancellation_stops_it(int threads)
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = source.Token };
        Assert.ThrowsAny<OperationCanceledException>(() => MatrixProduct.Multiply(
            new MatrixView<float>(new float[300 * 300], 300, 300),
            new MatrixView<float>(new float[300 * 300], 300, 300),
            new MatrixSpan<float>(new float[300 * 300], 300, 300),
            false,
            options));
    }

    private static void EqualsTripleLoop<T>(int rows, int depth, int columns, Layouts layouts, ParallelOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] left = Values<T>(rows * depth, 11);
        T[] right = Values<T>(depth * columns, 12);
        T[] start = Values<T>(rows * columns, 13);
        T guard = T.CreateTruncating(-77);
        T[] result = [.. Enumerable.Repeat(guard, 3), .. start, .. Enumerable.Repeat(guard, 3)];
        Span<T> inner = result.AsSpan(3, start.Length);
        MatrixView<T> a = layouts.Left
            ? new MatrixView<T>(left, depth, rows).Transposed
            : new MatrixView<T>(left, rows, depth);
        MatrixView<T> b = layouts.Right
            ? new MatrixView<T>(right, columns, depth).Transposed
            : new MatrixView<T>(right, depth, columns);
        MatrixSpan<T> c = layouts.Result
            ? new MatrixSpan<T>(inner, rows, columns, 1, rows)
            : new MatrixSpan<T>(inner, rows, columns);
        MatrixProduct.Multiply(a, b, c, layouts.Accumulate, options);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                int at = i * c.RowStride + j * c.ColumnStride;
                T sum = layouts.Accumulate ? start[at] : T.Zero;
                for (int k = 0; k < depth; k++)
                {
                    sum = T.FusedMultiplyAdd(
                        left[i * a.RowStride + k * a.ColumnStride],
                        right[k * b.RowStride + j * b.ColumnStride],
                        sum);
                }

                // Equals tells apart what == does not only for NaN, and no value here is -0 by chance.
                Assert.True(sum.Equals(inner[at]), $"{rows}x{depth}x{columns} at ({i}, {j}): {inner[at]} for {sum}");
            }
        }

        Assert.All(result[..3].Concat(result[^3..]), value => Assert.Equal(guard, value));
    }

    private static T[] Values<T>(int count, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(random.NextDouble() * 2 - 1))];
    }

    private sealed record Layouts(
        bool Left = false,
        bool Right = false,
        bool Result = false,
        bool Accumulate = false);
}
