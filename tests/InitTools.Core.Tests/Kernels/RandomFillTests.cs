using InitTools.Kernels;
using MathNet.Numerics.Distributions;
using Xunit;

namespace InitTools.Core.Tests.Kernels;

/// <summary>Laws and promises of the fills: distributions within what theory allows, bounds, extremes.</summary>
public class RandomFillTests
{
    private const int Count = 1 << 18;

    private static readonly StreamKey s_key = StreamKey.Create(new Seed(20L), StreamPurpose.Weights, "statistics");

    public static TheoryData<string, double, double, double, double> TruncatedLaws() => new()
    {
        // name, mean, standard deviation, minimum, maximum
        { "two sigma", 0, 1, -2, 2 },
        { "one sigma", 0, 1, -1, 1 },
        { "wide", 0, 1, -8, 8 },
        { "narrow", 0, 1, -0.01, 0.01 },
        { "upper tail", 0, 1, 2, 3 },
        { "asymmetric", 1, 2, -0.5, 6 },
        { "far tail", 0, 1, 6, 8 },
        { "lower half", 3, 0.5, double.NegativeInfinity, 3 },
    };

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(-0.3, 0.7)]
    public void Uniform_numbers_follow_their_law(double minimum, double maximum)
    {
        double[] values = Doubles(d => RandomFill.Uniform(d, s_key, 0, minimum, maximum));
        AssertLaw(values, x => (x - minimum) / (maximum - minimum));
        AssertMoments(
            values, (minimum + maximum) / 2, (maximum - minimum) * (maximum - minimum) / 12, kurtosis: 1.8);
        float[] singles = Singles(d => RandomFill.Uniform(d, s_key, 0, minimum, maximum));
        AssertLaw(Array.ConvertAll(singles, x => (double)x), x => (x - minimum) / (maximum - minimum));
    }

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(5.0, 0.1)]
    public void Normal_numbers_follow_their_law(double mean, double deviation)
    {
        double[] values = Doubles(d => RandomFill.Normal(d, s_key, 0, mean, deviation));
        AssertLaw(values, x => Normal.CDF(mean, deviation, x));
        AssertMoments(values, mean, deviation * deviation, kurtosis: 3);
        float[] singles = Singles(d => RandomFill.Normal(d, s_key, 0, mean, deviation));
        values = Array.ConvertAll(singles, x => (double)x);
        AssertLaw(values, x => Normal.CDF(mean, deviation, x));
        AssertMoments(values, mean, deviation * deviation, kurtosis: 3);
    }

    [Theory]
    [MemberData(nameof(TruncatedLaws))]
    public void Truncated_numbers_follow_their_law(
        string name, double mean, double deviation, double minimum, double maximum)
    {
        _ = name;

        // Probabilities of the upper tail would vanish beside 1: mirrored bounds keep their digits.
        double mirror = minimum >= mean ? -1 : 1;
        double below = Normal.CDF(0, 1, (mirror > 0 ? minimum - mean : mean - maximum) / deviation);
        double mass = Normal.CDF(0, 1, (mirror > 0 ? maximum - mean : mean - minimum) / deviation) - below;
        double Distribution(double x) => (Normal.CDF(0, 1, mirror * (x - mean) / deviation) - below) / mass;

        double[] values = Doubles(d => RandomFill.TruncatedNormal(d, s_key, 0, mean, deviation, minimum, maximum));
        Assert.All(values, x => Assert.InRange(x, minimum, maximum));
        AssertLaw(values, x => mirror > 0 ? Distribution(x) : 1 - Distribution(x));
        float[] singles = Singles(d => RandomFill.TruncatedNormal(d, s_key, 0, mean, deviation, minimum, maximum));
        Assert.All(singles, x => Assert.InRange(x, minimum, maximum));
        AssertLaw(Array.ConvertAll(singles, x => (double)x), x => mirror > 0 ? Distribution(x) : 1 - Distribution(x));
    }

    // Variance and kurtosis of the law cut at two and at one standard deviations.
    [Theory]
    [InlineData(2, 0.773741303550, 2.365536717)]
    [InlineData(1, 0.291125094773, 1.940919920)]
    public void Truncation_shrinks_the_variance_as_published(double cut, double variance, double kurtosis)
    {
        AssertMoments(
            Doubles(d => RandomFill.TruncatedNormal(d, s_key, 0, 0, 1, -cut, cut)), 0, variance, kurtosis);
        float[] singles = Singles(d => RandomFill.TruncatedNormal(d, s_key, 0, 0, 1, -cut, cut));
        AssertMoments(Array.ConvertAll(singles, x => (double)x), 0, variance, kurtosis);
    }

    [Theory]
    [InlineData(40.0, double.PositiveInfinity)]
    [InlineData(200.0, 200.01)]
    [InlineData(1e6, double.PositiveInfinity)]
    public void Beyond_all_probabilities_the_law_is_nearly_exponential(double near, double far)
    {
        double[] values = Doubles(d => RandomFill.TruncatedNormal(d, s_key, 0, 0, 1, near, far));
        double[] mirrored = Doubles(d => RandomFill.TruncatedNormal(d, s_key, 0, 0, 1, -far, -near));
        Assert.Equal(values, mirrored.Select(x => -x));

        // P(Z > near + d) / P(Z > near) = e^(-d (near + d/2)) (1 - d/near + O(near^-2)).
        double Survival(double x) =>
            Math.Exp(-(x - near) * (near + ((x - near) / 2))) * (1 - ((x - near) / near));
        double end = double.IsInfinity(far) ? 0 : Survival(far);
        AssertLaw(values, x => (1 - Survival(x)) / (1 - end));
    }

    [Fact]
    public void Range_promises_hold_after_rounding()
    {
        (double Minimum, double Maximum)[] ranges = [(0, 1), (-1, 1), (0.1, 0.3), (-0.001, 0.0010001), (1000, 1000.5)];
        foreach ((double minimum, double maximum) in ranges)
        {
            Half[] halves = new Half[Count];
            ushort[] patterns = new ushort[Count];
            RandomFill.Uniform(halves.AsSpan(), s_key, 0, minimum, maximum);
            Assert.True(halves.All(x => (double)x >= minimum && (double)x < maximum));
            float[] singles = Singles(d => RandomFill.Uniform(d, s_key, 0, minimum, maximum));
            Assert.True(singles.All(x => x >= minimum && x < maximum));
            if (minimum < 1000)
            {
                RandomFill.UniformBFloat16(patterns.AsSpan(), s_key, 0, minimum, maximum);
                Assert.True(patterns.All(x => BFloat16Bits.Widen(x) >= minimum && BFloat16Bits.Widen(x) < maximum));
                RandomFill.TruncatedNormalBFloat16(patterns.AsSpan(), s_key, 0, 0, 5, minimum, maximum);
                Assert.True(patterns.All(x => BFloat16Bits.Widen(x) >= minimum && BFloat16Bits.Widen(x) <= maximum));
            }

            RandomFill.TruncatedNormal(halves.AsSpan(), s_key, 0, 0, 5, minimum, maximum);
            Assert.True(halves.All(x => (double)x >= minimum && (double)x <= maximum));
        }
    }

    // What a well-known library gets wrong: with bounds far outside, weights pile up on them.
    [Fact]
    public void Distant_bounds_attract_nothing()
    {
        ushort[] patterns = new ushort[Count];
        RandomFill.TruncatedNormalBFloat16(patterns.AsSpan(), s_key, 0, 0, 0.002, -2, 2);
        Assert.True(patterns.All(x => Math.Abs(BFloat16Bits.Widen(x)) < 0.02));
        Half[] halves = new Half[Count];
        RandomFill.TruncatedNormal(halves.AsSpan(), s_key, 0, 0, 0.002, -2, 2);
        Assert.True(halves.All(x => Math.Abs((double)x) < 0.02));
    }

    [Fact]
    public void Sixteen_bit_numbers_are_the_float32_ones_rounded_once()
    {
        foreach (double scale in (double[])[1, 1e-4, 1e-7, 30_000])
        {
            float[] singles = Singles(d => RandomFill.Normal(d, s_key, 9, 0, scale));
            Half[] halves = new Half[Count];
            ushort[] patterns = new ushort[Count];
            RandomFill.Normal(halves.AsSpan(), s_key, 9, 0, scale);
            RandomFill.NormalBFloat16(patterns.AsSpan(), s_key, 9, 0, scale);
            Assert.Equal(Array.ConvertAll(singles, x => BitConverter.HalfToUInt16Bits((Half)x)),
                Array.ConvertAll(halves, BitConverter.HalfToUInt16Bits));
            Assert.Equal(Array.ConvertAll(singles, BFloat16Bits.Round), patterns);
        }
    }

    [Fact]
    public void Extreme_numbers_stay_finite_and_reach_far()
    {
        float largest = 0;
        float[] values = new float[Count];
        for (int part = 0; part < 64; part++)
        {
            RandomFill.Normal(values.AsSpan(), s_key, (long)part * Count, 0, 1);
            foreach (float value in values)
            {
                largest = Math.Max(largest, Math.Abs(value));
                Assert.True(float.IsFinite(value));
            }
        }

        // The largest of 2^24 numbers is below 4.7 with probability 1e-19, and never above sqrt(64 ln 2) = 6.66.
        Assert.InRange(largest, 4.7f, 6.67f);
    }

    [Fact]
    public void Degenerate_laws_are_constants()
    {
        Assert.All(Singles(d => RandomFill.Uniform(d, s_key, 0, 0.1, 0.1)), x => Assert.Equal(0.1f, x));
        Assert.All(Singles(d => RandomFill.Normal(d, s_key, 0, 0.5, 0)), x => Assert.Equal(0.5f, x));
        Assert.All(Singles(d => RandomFill.TruncatedNormal(d, s_key, 0, 3, 1, 2, 2)), x => Assert.Equal(2f, x));
        Assert.All(Singles(d => RandomFill.TruncatedNormal(d, s_key, 0, 3, 0, -1, 2)), x => Assert.Equal(2f, x));
    }

    [Theory]
    [InlineData(double.NaN, 1.0, ErrorId.NonFiniteValue)]
    [InlineData(0.0, double.PositiveInfinity, ErrorId.NonFiniteValue)]
    [InlineData(2.0, 1.0, ErrorId.InvalidArgument)]
    [InlineData(-3e38, 3e38, ErrorId.InvalidArgument)]
    [InlineData(1.00000001, 1.00000002, ErrorId.InvalidArgument)]
    public void Impossible_uniform_parameters_are_errors(double minimum, double maximum, ErrorId expected)
    {
        Errors.Expect(
            expected, () => RandomFill.Uniform(new float[3].AsSpan(), s_key, 0, minimum, maximum));
    }

    [Theory]
    [InlineData(0.0, -1.0, -2.0, 2.0, 0L, ErrorId.InvalidArgument)]
    [InlineData(0.0, double.NaN, -2.0, 2.0, 0L, ErrorId.NonFiniteValue)]
    [InlineData(double.NegativeInfinity, 1.0, -2.0, 2.0, 0L, ErrorId.NonFiniteValue)]
    [InlineData(0.0, 1.0, double.NaN, 2.0, 0L, ErrorId.NonFiniteValue)]
    [InlineData(0.0, 1.0, 3.0, 2.0, 0L, ErrorId.InvalidArgument)]
    [InlineData(0.0, 1.0, -2.0, 2.0, -1L, ErrorId.InvalidArgument)]
    public void Impossible_truncations_are_errors(
        double mean, double deviation, double minimum, double maximum, long offset, ErrorId expected)
    {
        Errors.Expect(expected, () =>
            RandomFill.TruncatedNormal(new float[3].AsSpan(), s_key, offset, mean, deviation, minimum, maximum));
    }

    [Theory]
    [InlineData(1 << 29)]
    [InlineData(int.MaxValue)]
    public void More_threads_than_any_machine_has_may_be_allowed(int threads)
    {
        float[] alone = new float[300_000];
        float[] shared = new float[alone.Length];
        RandomFill.Normal(alone.AsSpan(), s_key, 0, 0, 1);
        RandomFill.Normal(shared.AsMemory(), s_key, 0, 0, 1, new ParallelOptions { MaxDegreeOfParallelism = threads });
        Assert.Equal(alone, shared);
    }

    [Fact]
    public void A_cancelled_token_stops_a_fill()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var options = new ParallelOptions { CancellationToken = source.Token };
        Assert.ThrowsAny<OperationCanceledException>(
            () => RandomFill.Normal(new float[1 << 22].AsMemory(), s_key, 0, 0, 1, options));
    }

    [Fact]
    public void Streams_slices_and_neighbours_are_uncorrelated()
    {
        double[] values = Doubles(d => RandomFill.Normal(d, s_key, 0, 0, 1));
        double[] otherSeed = Doubles(d => RandomFill.Normal(d, s_key with { Seed = s_key.Seed + 1 }, 0, 0, 1));
        double[] otherStream = Doubles(d => RandomFill.Normal(d, s_key with { Stream = s_key.Stream + 1 }, 0, 0, 1));
        AssertUncorrelated(values, otherSeed, 0);
        AssertUncorrelated(values, otherStream, 0);
        foreach (int lag in (int[])[1, 2, 15, 16, 17, 31, 32, 48, 64, 4096])
        {
            AssertUncorrelated(values, values, lag);
        }

        // Box and Muller's pairs share a radius: their squares must be uncorrelated too.
        double[] squares = Array.ConvertAll(values, x => (x * x) - 1);
        AssertUncorrelated(squares, squares, 16);
    }

    private static void AssertUncorrelated(double[] left, double[] right, int lag)
    {
        double sum = 0;
        double leftSquares = 0;
        double rightSquares = 0;
        for (int i = lag; i < Count; i++)
        {
            sum += left[i - lag] * right[i];
            leftSquares += left[i - lag] * left[i - lag];
            rightSquares += right[i] * right[i];
        }

        // The correlation of independent numbers has standard error 1 / sqrt(n).
        Assert.InRange(sum / Math.Sqrt(leftSquares * rightSquares) * Math.Sqrt(Count - lag), -5, 5);
    }

    private static void AssertMoments(double[] values, double mean, double variance, double kurtosis)
    {
        double average = values.Average();
        Assert.InRange((average - mean) / Math.Sqrt(variance / values.Length), -5, 5);
        double sampleVariance = values.Average(x => (x - mean) * (x - mean));
        Assert.InRange((sampleVariance - variance) / (variance * Math.Sqrt((kurtosis - 1) / values.Length)), -5, 5);
    }

    /// <summary>
    /// Kolmogorov and Smirnov's distance, and chi-square over 256 cells of equal probability; both at p above 1e-6.
    /// </summary>
    private static void AssertLaw(double[] values, Func<double, double> distribution)
    {
        double[] probabilities = Array.ConvertAll(values, x => distribution(x));
        int[] cells = new int[256];
        foreach (double p in probabilities)
        {
            cells[Math.Clamp((int)(p * 256), 0, 255)]++;
        }

        double expected = values.Length / 256.0;
        double chiSquare = cells.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.InRange(chiSquare, ChiSquared.InvCDF(255, 1e-6), ChiSquared.InvCDF(255, 1 - 1e-6));

        Array.Sort(probabilities);
        double distance = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            double step = (double)i / probabilities.Length;
            distance = Math.Max(distance, Math.Max(probabilities[i] - step, step + (1.0 / Count) - probabilities[i]));
        }

        // P(sqrt(n) D > x) is about 2 e^(-2 x^2): 1e-6 at 2.69.
        Assert.InRange(distance * Math.Sqrt(probabilities.Length), 0, 2.69);
    }

    [Fact]
    public void The_assertions_can_fail()
    {
        double[] values = Doubles(d => RandomFill.Normal(d, s_key, 0, 0.03, 1));
        Assert.ThrowsAny<Exception>(() => AssertLaw(values, x => Normal.CDF(0, 1, x)));
        Assert.ThrowsAny<Exception>(() => AssertMoments(values, 0, 1, 3));
        Assert.ThrowsAny<Exception>(() => AssertUncorrelated(values, values, 0));
    }

    private static double[] Doubles(Action<double[]> fill)
    {
        double[] values = new double[Count];
        fill(values);
        return values;
    }

    private static float[] Singles(Action<float[]> fill)
    {
        float[] values = new float[Count];
        fill(values);
        return values;
    }
}
