using System.Numerics;
using InitTools.Kernels;
using Xunit;

namespace InitTools.Core.Tests.Kernels;

/// <summary>
/// Orthonormality to the precision, the Haar law by its moments, and the same bits whatever computes them.
/// </summary>
public class OrthogonalMatrixTests
{
    private const int Draws = 20_000;

    private static readonly ParallelOptions s_oneThread = new() { MaxDegreeOfParallelism = 1 };

    public static TheoryData<int, int> Shapes => new()
    {
        { 1, 1 }, { 1, 7 }, { 7, 1 }, { 3, 4 }, { 4, 3 }, { 120, 4 }, { 20, 24 }, { 63, 65 }, { 64, 64 }, { 65, 64 },
        { 129, 200 }, { 200, 129 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    [InlineData(512, 512)]
    public void The_shorter_side_is_orthonormal(int rows, int columns)
    {
        AssertGram(Make<float>(rows, columns, new StreamKey(3, 4), 1), rows, columns, 1, 1e-6);
        AssertGram(Make<double>(rows, columns, new StreamKey(3, 4), 1), rows, columns, 1, 1e-13);
        AssertGram(Make<double>(rows, columns, new StreamKey(3, 5), -2.5), rows, columns, 6.25, 6.25e-13);
    }

    // Over the orthogonal group tr Q has mean 0, variance 1 and, from 4 dimensions on, fourth moment 3; half of all
    // matrices are rotations (Diaconis and Shahshahani 1994).
    [Theory]
    [InlineData(4, 2000)]
    [InlineData(4, Draws)]
    [InlineData(8, Draws)]
    public void Traces_and_determinants_follow_the_Haar_law(int size, int draws)
    {
        double sum = 0, squares = 0;
        int rotations = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            float[] q = Make<float>(size, size, new StreamKey(17, (ulong)draw), 1);
            double trace = Enumerable.Range(0, size).Sum(i => (double)q[i * size + i]);
            sum += trace;
            squares += trace * trace;
            rotations += Determinant(q, size) > 0 ? 1 : 0;
        }

        Assert.InRange(sum / draws, -5 / Math.Sqrt(draws), 5 / Math.Sqrt(draws));
        Assert.InRange((squares / draws) - 1, -5 * Math.Sqrt(2.0 / draws), 5 * Math.Sqrt(2.0 / draws));
        Assert.InRange(rotations - draws / 2.0, -2.5 * Math.Sqrt(draws), 2.5 * Math.Sqrt(draws));
    }

    // Each element of an m x n matrix is a coordinate of a uniform point of the sphere in max(m, n) dimensions: E w^2 =
    // 1/m, E w^4 = 3 / (m (m + 2)); two elements of one line or of two are uncorrelated.
    [Theory]
    [InlineData(6, 3)]
    [InlineData(3, 6)]
    [InlineData(2, 2)]
    [InlineData(5, 1)]
    [InlineData(1, 1)]
    public void Elements_have_the_moments_of_the_sphere(int rows, int columns)
    {
        int count = rows * columns;
        double[] sums = new double[count], squares = new double[count], products = new double[count];
        for (int draw = 0; draw < Draws; draw++)
        {
            double[] q = Make<double>(rows, columns, new StreamKey(23, (ulong)draw), 1);
            for (int i = 0; i < count; i++)
            {
                sums[i] += q[i];
                squares[i] += q[i] * q[i];
                products[i] += q[i] * q[(i + 1) % count];
            }
        }

        double dimension = Math.Max(rows, columns);
        double variance = 1 / dimension;
        double varianceOfSquare = 3 / (dimension * (dimension + 2)) - variance * variance;
        Assert.All(sums, sum => Assert.InRange(
            sum / Draws, -5 * Math.Sqrt(variance / Draws), 5 * Math.Sqrt(variance / Draws)));
        double tolerance = 5 * Math.Sqrt(varianceOfSquare / Draws) + 1e-12;
        Assert.All(squares, square => Assert.InRange(square / Draws - variance, -tolerance, tolerance));
        if (dimension > 2)
        {
            // E (w w')^2 is at most 1/m^2 + the variance of w^2, whichever two they are.
            double bound = 5 * Math.Sqrt((variance * variance + varianceOfSquare) / Draws);
            Assert.All(products, product => Assert.InRange(product / Draws, -bound, bound));
        }
    }

    [Fact]
    public void No_element_exceeds_the_gain()
    {
        float[] largest = new float[3];
        for (int draw = 0; draw < Draws; draw++)
        {
            for (int size = 1; size <= 3; size++)
            {
                float[] q = Make<float>(size, size, new StreamKey(29, (ulong)draw), 0.7);
                largest[size - 1] = Math.Max(largest[size - 1], q.Max(Math.Abs));
            }
        }

        Assert.Equal(0.7f, largest[0]);
        Assert.InRange(largest[1], 0.699f, 0.7f);
        Assert.InRange(largest[2], 0.699f, 0.7f);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Kernels_and_threads_change_no_bit(int rows, int columns)
    {
        AssertSame<float>();
        AssertSame<double>();

        void AssertSame<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var key = new StreamKey(5, 6);
            T[] expected;
            using (KernelSelection.Use(Kernel.Scalar))
            {
                expected = Make<T>(rows, columns, key, 1.25);
            }

            foreach (Kernel kernel in KernelSelection.Available)
            {
                using IDisposable scope = KernelSelection.Use(kernel);
                Assert.Equal(expected, Make<T>(rows, columns, key, 1.25));
                Assert.Equal(expected, Make<T>(rows, columns, key, 1.25, new ParallelOptions()));
            }

            // The transpose has the same numbers, and a part of a larger matrix leaves what is around it.
            T[] transposed = new T[expected.Length];
            OrthogonalMatrix.Fill(new MatrixSpan<T>(transposed, rows, columns, 1, rows), key, 1.25, s_oneThread);
            T guard = T.CreateTruncating(-77);
            T[] around = [.. Enumerable.Repeat(guard, rows * (columns + 3))];
            OrthogonalMatrix.Fill(
                new MatrixSpan<T>(around, rows, columns + 3).Part(0, 2, rows, columns), key, 1.25, s_oneThread);
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    Assert.Equal(expected[i * columns + j], transposed[j * rows + i]);
                    Assert.Equal(expected[i * columns + j], around[i * (columns + 3) + 2 + j]);
                }

                Assert.Equal(guard, around[i * (columns + 3) + 1]);
                Assert.Equal(guard, around[i * (columns + 3) + 2 + columns]);
            }
        }
    }

    [Fact]
    public void Bad_gains_are_refused_and_cancellation_stops_it()
    {
        Errors.Expect(ErrorId.NonFiniteValue, () => Make<float>(2, 2, new StreamKey(1, 1), double.NaN));
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Make<float>(
            300, 300, new StreamKey(1, 1), 1, new ParallelOptions { CancellationToken = source.Token }));
    }

    private static T[] Make<T>(int rows, int columns, StreamKey key, double gain, ParallelOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] values = new T[rows * columns];
        OrthogonalMatrix.Fill(new MatrixSpan<T>(values, rows, columns), key, gain, options ?? s_oneThread);
        return values;
    }

    private static void AssertGram<T>(T[] values, int rows, int columns, double diagonal, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] q = Array.ConvertAll(values, double.CreateTruncating);
        int side = Math.Min(rows, columns);
        double[] gram = new double[side * side];
        MatrixView<double> matrix = new(q, rows, columns);
        MatrixView<double> wide = rows > columns ? matrix.Transposed : matrix;
        MatrixProduct.Multiply(
            wide, wide.Transposed, new MatrixSpan<double>(gram, side, side), accumulate: false, s_oneThread);
        for (int i = 0; i < gram.Length; i++)
        {
            double expected = i / side == i % side ? diagonal : 0;
            Assert.InRange(gram[i] - expected, -tolerance, tolerance);
        }
    }

    private static double Determinant(float[] matrix, int size)
    {
        double[] a = Array.ConvertAll(matrix, x => (double)x);
        double determinant = 1;
        for (int pivot = 0; pivot < size; pivot++)
        {
            int best = Enumerable.Range(pivot, size - pivot).MaxBy(row => Math.Abs(a[row * size + pivot]));
            determinant *= best == pivot ? 1 : -1;
            for (int column = 0; column < size; column++)
            {
                (a[pivot * size + column], a[best * size + column]) =
                    (a[best * size + column], a[pivot * size + column]);
            }

            determinant *= a[pivot * size + pivot];
            for (int row = pivot + 1; row < size; row++)
            {
                double factor = a[row * size + pivot] / a[pivot * size + pivot];
                for (int column = pivot; column < size; column++)
                {
                    a[row * size + column] -= factor * a[pivot * size + column];
                }
            }
        }

        return determinant;
    }
}
