using InitTools.Kernels;
using MathNet.Numerics.Statistics;
using Xunit;

namespace InitTools.Core.Tests.Kernels;

/// <summary>Skewness and kurtosis, and the mean cosine of rows.</summary>
public class ShapeMomentsTests
{
    [Fact]
    public void They_agree_with_an_independent_implementation()
    {
        var random = new Random(5);
        foreach (int count in (int[])[3, 8, 9, 40, 4096, 4097, 10_000])
        {
            double[] values = [.. Enumerable.Range(0, count).Select(_ => Math.Exp(random.NextDouble() * 2) - 1)];
            ShapeMoments shape = ShapeMoments.Of<double>(values, Moments.Of<double>(values));
            Assert.Equal(1, shape.Skewness / values.PopulationSkewness(), 1e-10);
            Assert.Equal(1, shape.Kurtosis / (values.PopulationKurtosis() + 3), 1e-10);
        }
    }

    // 0, 0, 0, 1: mean 1/4, variance 3/16; skewness 2/sqrt 3, kurtosis 7/3, wherever and however large it is.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1e9, 1)]
    [InlineData(0, 3e19)]
    [InlineData(0, 1e-25)]
    [InlineData(0, 1e150)]
    [InlineData(0, 1e-150)]
    public void Size_and_place_are_no_matter(double shift, double scale)
    {
        double[] values = [shift, shift, shift, shift + scale];
        ShapeMoments shape = ShapeMoments.Of<double>(values, Moments.Of<double>(values));
        Assert.Equal(2 / Math.Sqrt(3), shape.Skewness, 1e-13);
        Assert.Equal(7.0 / 3, shape.Kurtosis, 1e-13);
    }

    [Fact]
    public void What_does_not_vary_has_no_shape()
    {
        float[] equal = [.. Enumerable.Repeat(0.1f, 40)];
        Assert.True(double.IsNaN(ShapeMoments.Of<float>(equal, Moments.Of<float>(equal)).Skewness));
        float[] none = [float.NaN];
        Assert.True(double.IsNaN(ShapeMoments.Of<float>(none, Moments.Of<float>(none)).Kurtosis));
    }

    [Fact]
    public void What_is_not_finite_is_left_out()
    {
        double[] values = [1, double.NaN, 4, 9, double.PositiveInfinity, 16, double.NegativeInfinity, 25, 2, 3, 5];
        double[] finite = [.. values.Where(double.IsFinite)];
        ShapeMoments shape = ShapeMoments.Of<double>(values, Moments.Of<double>(values));
        Assert.Equal(finite.PopulationSkewness(), shape.Skewness, 1e-13);
        Assert.Equal(finite.PopulationKurtosis() + 3, shape.Kurtosis, 1e-13);
    }

    [Fact]
    public void The_mean_cosine_is_that_of_all_pairs()
    {
        var random = new Random(6);
        foreach ((int units, int rows) in ((int, int)[])[(1, 2), (3, 2), (7, 9), (20, 33)])
        {
            float[] values = [.. Enumerable.Range(0, units * rows).Select(_ => (float)random.NextDouble() - 0.2f)];
            double sum = 0;
            for (int a = 0; a < rows; a++)
            {
                for (int b = 0; b < a; b++)
                {
                    sum += Product(a, b) / Math.Sqrt(Product(a, a) * Product(b, b));
                }
            }

            Assert.Equal(sum / (rows * (rows - 1) / 2), RowCosine.Mean<float>(values, rows)!.Value, 1e-12);

            double Product(int a, int b) =>
                Enumerable.Range(0, units).Sum(unit => (double)values[unit * rows + a] * values[unit * rows + b]);
        }
    }

    [Fact]
    public void Rows_without_a_direction_have_no_cosine()
    {
        Assert.Null(RowCosine.Mean<float>([1, 2, 3], 1));
        Assert.Null(RowCosine.Mean<float>([1, 0, 2, 0], 2));
        Assert.Null(RowCosine.Mean<float>([1, float.NaN, 2, 1], 2));
        Assert.Equal(-1, RowCosine.Mean<float>([1, -2, 0, 2, -4, 0], 3)!.Value, 1e-15);
    }

    [Fact]
    public void Every_kernel_gives_the_same_bits()
    {
        var random = new Random(7);
        foreach (int count in (int[])[2, 7, 8, 9, 33, 4095, 4097, 20_001])
        {
            double[] doubles = [.. Enumerable.Range(0, count + 1).Select(_ => random.NextDouble() - 0.3)];
            float[] singles = [.. doubles.Select(value => (float)value)];
            (ShapeMoments, ShapeMoments, double?, double?)? expected = null;
            foreach (Kernel kernel in KernelSelection.Available)
            {
                using IDisposable scope = KernelSelection.Use(kernel);
                (ShapeMoments, ShapeMoments, double?, double?) found = (
                    ShapeMoments.Of<double>(doubles.AsSpan(1), Moments.Of<double>(doubles.AsSpan(1))),
                    ShapeMoments.Of<float>(singles.AsSpan(1), Moments.Of<float>(singles.AsSpan(1))),
                    RowCosine.Mean<double>(doubles.AsSpan(1), count),
                    RowCosine.Mean<float>(singles.AsSpan(1), count));
                expected ??= found;
                Assert.Equal(expected, found);
            }
        }
    }
}
