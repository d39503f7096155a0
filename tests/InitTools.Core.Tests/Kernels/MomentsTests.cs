using FsCheck;
using FsCheck.Fluent;
using InitTools.Kernels;
using MathNet.Numerics.Statistics;
using Xunit;

namespace InitTools.Core.Tests.Kernels;

/// <summary>Moments of hard data, and the same bits on every kernel and for any number of threads.</summary>
public class MomentsTests
{
    [Theory]
    [InlineData(0.1f)]
    [InlineData(-3e-30f)]
    [InlineData(3e38f)]
    [InlineData(0f)]
    public void Equal_values_have_no_variance(float value)
    {
        foreach (int count in (int[])[1, 2, 40, 4096, 4097, 20000])
        {
            Moments moments = Moments.Of<float>(Enumerable.Repeat(value, count).ToArray());
            Assert.Equal(0, moments.Variance);
            Assert.Equal(value, moments.Mean);
            Assert.Equal(value, moments.Minimum);
            Assert.Equal(value, moments.Maximum);
            Assert.Equal(count, moments.Count);
            Assert.Equal(value == 0 ? count : 0, moments.ZeroCount);
        }
    }

    [Fact]
    public void A_large_mean_costs_no_digits()
    {
        double[] values = [.. Enumerable.Range(0, 100_000).Select(i => 1e9 + (i % 2 == 0 ? 1 : -1))];
        Moments moments = Moments.Of<double>(values);
        Assert.Equal(1e9, moments.Mean);
        Assert.Equal(1, moments.Variance, 1e-12);
        Assert.Equal(1e18, moments.SecondMoment, 1e3);
    }

    [Theory]
    [InlineData(3e19)]
    [InlineData(1e-25)]
    public void Squares_beyond_the_range_of_float_are_no_matter(double size)
    {
        float[] values = [.. Enumerable.Range(0, 1000).Select(i => (float)(i % 2 == 0 ? size : -size))];
        Moments moments = Moments.Of<float>(values);
        Assert.Equal(0, moments.Mean);
        double square = (double)(float)size * (float)size;
        Assert.Equal(1, moments.Variance / square, 1e-14);
        Assert.Equal((float)size, moments.Maximum);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(4096)]
    [InlineData(9999)]
    public void What_is_not_finite_is_counted_and_left_out(int at)
    {
        double[] values = [.. Enumerable.Range(0, 10_000).Select(i => i % 5 - 2.0)];
        Moments expected = Moments.Of<double>([.. values[..at], .. values[(at + 1)..]]);
        foreach (double odd in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            values[at] = odd;
            Moments moments = Moments.Of<double>(values);
            Assert.Equal(1, moments.NonFiniteCount);
            Assert.Equal(9999, moments.Count);
            Assert.Equal(expected.ZeroCount, moments.ZeroCount);
            Assert.Equal(expected.Mean, moments.Mean, 1e-14);
            Assert.Equal(expected.Variance, moments.Variance, 1e-12);
            Assert.Equal(-2, moments.Minimum);
            Assert.Equal(2, moments.Maximum);
        }
    }

    [Fact]
    public void Without_a_finite_value_there_is_only_a_count()
    {
        Moments moments = Moments.Of<float>([float.NaN, float.PositiveInfinity, float.NaN]);
        Assert.Equal(3, moments.NonFiniteCount);
        Assert.Equal(0, moments.Count);
        Assert.True(double.IsNaN(moments.Mean) && double.IsNaN(moments.Variance) && double.IsNaN(moments.Minimum));
        Moments together = Moments.Combine(moments, Moments.Of<float>([1, 3]));
        Assert.Equal((2L, 2.0, 1.0, 3L), (together.Count, together.Mean, together.Variance, together.NonFiniteCount));
    }

    [Fact]
    public void Zeros_of_both_signs_are_zeros() =>
        Assert.Equal((3L, 0L), (Moments.Of<float>([0f, -0f, -0f]).ZeroCount, BitConverter.DoubleToInt64Bits(
            Moments.Of<float>([-0f, 0f]).Minimum)));

    [Fact]
    public void Nothing_has_no_moments()
    {
        Errors.Expect(ErrorId.InvalidShape, () => Moments.Of<float>([]));
        Errors.Expect(ErrorId.InvalidShape, () => Moments.Of<double>([], new ParallelOptions()));
    }

    [Fact]
    public void They_agree_with_an_independent_implementation() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<NormalFloat[]>().Filter(values => values.Length > 0),
            values =>
            {
                double[] numbers = [.. values.Select(value => value.Get % 1e6)];
                Moments moments = Moments.Of<double>(numbers);
                double scale = numbers.Max(Math.Abs) + 1e-300;
                Assert.Equal(numbers.Mean(), moments.Mean, 1e-12 * scale);
                Assert.Equal(numbers.PopulationVariance(), moments.Variance, 1e-12 * scale * scale);
                Assert.Equal(numbers.Select(x => x * x).Average(), moments.SecondMoment, 1e-12 * scale * scale);
                Assert.Equal(numbers.Min(), moments.Minimum);
                Assert.Equal(numbers.Max(), moments.Maximum);
                Assert.Equal(numbers.Count(x => x == 0), moments.ZeroCount);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_kernel_and_number_of_threads_gives_the_same_bits()
    {
        var random = new Random(3);
        foreach (int count in (int[])[1, 2, 7, 8, 9, 31, 32, 33, 97, 256, 4095, 4096, 4097, 300_001])
        {
            // One element in front keeps the data off any alignment.
            double[] doubles = [.. Enumerable.Range(0, count + 1).Select(_ => random.NextDouble() - 0.3)];
            float[] singles = [.. doubles.Select(value => (float)value)];
            Moments? ofDoubles = null;
            Moments? ofSingles = null;
            foreach (Kernel kernel in KernelSelection.Available)
            {
                using IDisposable scope = KernelSelection.Use(kernel);
                ofDoubles ??= Moments.Of<double>(doubles.AsSpan(1));
                ofSingles ??= Moments.Of<float>(singles.AsSpan(1));
                Assert.Equal(ofDoubles, Moments.Of<double>(doubles.AsSpan(1)));
                Assert.Equal(ofSingles, Moments.Of<float>(singles.AsSpan(1)));
                Assert.Equal(ofDoubles, Moments.Of<double>(doubles.AsSpan(1), new ParallelOptions()));
                Assert.Equal(ofSingles, Moments.Of<float>(singles.AsSpan(1), new ParallelOptions()));
            }

            // Widening float32 loses nothing, so that both precisions meet in the same sums.
            Assert.Equal(ofSingles, Moments.Of<double>(singles.Skip(1).Select(value => (double)value).ToArray()));
        }
    }

    [Fact]
    public void Rows_have_their_own_moments_and_combine_to_the_whole()
    {
        var random = new Random(4);
        float[] values = [.. Enumerable.Range(0, 30 * 50).Select(_ => (float)random.NextDouble())];
        var rows = new Moments[30];
        Moments.OfRows(values, 50, rows);
        for (int row = 0; row < rows.Length; row++)
        {
            Assert.Equal(Moments.Of<float>(values.AsSpan(row * 50, 50)), rows[row]);
        }

        Moments together = Moments.Combine(rows);
        Moments whole = Moments.Of<float>(values);
        Assert.Equal(whole.Count, together.Count);
        Assert.Equal(whole.Mean, together.Mean, 1e-14);
        Assert.Equal(whole.Variance, together.Variance, 1e-14);
        Errors.Expect(ErrorId.ShapeMismatch, () => Moments.OfRows(values, 49, rows));
    }
}
