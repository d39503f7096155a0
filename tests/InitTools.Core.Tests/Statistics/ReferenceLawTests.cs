using MathNet.Numerics.Integration;
using Xunit;

namespace InitTools.Core.Tests.Statistics;

/// <summary>The oracle itself: moments, distribution functions and cells of the laws.</summary>
public class ReferenceLawTests
{
    public static TheoryData<string> Laws => [.. ReferenceLaw.All.Select(law => law.Expression)];

    [Theory]
    [MemberData(nameof(Laws))]
    public void Moments_are_integrals_of_the_density(string expression)
    {
        ReferenceLaw law = ReferenceLaw.Of(expression);
        double high = Math.Min(law.Maximum, 16);
        double low = Math.Max(law.Minimum, -16);
        for (int order = 0; order <= 2 * SampleSummary.HighestMoment; order++)
        {
            double integral = 0;
            const int Panels = 64;
            for (int panel = 0; panel < Panels; panel++)
            {
                double left = low + (high - low) * panel / Panels;
                integral += GaussLegendreRule.Integrate(
                    w => Math.Pow(w, order) * law.Density(w), left, left + (high - low) / Panels, 20);
            }

            double moment = law.Moment(order);
            Assert.Equal(moment, integral, 1e-9 * Math.Max(1, law.Moment(order + order % 2)));
        }

        Assert.Equal(law.Moment(2), law.GetDistribution().Variance, 1e-10);
    }

    [Theory]
    [MemberData(nameof(Laws))]
    public void The_table_is_the_distribution_function(string expression)
    {
        ReferenceLaw law = ReferenceLaw.Of(expression);
        CumulativeTable cumulative = new(law);
        for (int i = 0; i <= 100_003; i++)
        {
            double x = -9 + 18.0 * i / 100_003;
            Assert.Equal(law.Cumulative(x), cumulative[x], 1e-14);
        }
    }

    [Theory]
    [MemberData(nameof(Laws))]
    public void Tail_probabilities_are_those_of_both_sides(string expression)
    {
        ReferenceLaw law = ReferenceLaw.Of(expression);
        foreach (double threshold in law.TailThresholds)
        {
            double above = 1 - law.Cumulative(threshold);
            Assert.Equal(above + law.Cumulative(-threshold), law.TailProbability(threshold), 1e-15);
        }
    }

    // Abramowitz and Stegun, table 26.2: -log10 of the upper tail.
    [Theory]
    [InlineData(4, 4.49934)]
    [InlineData(5, 6.54265)]
    [InlineData(6, 9.00586)]
    public void Normal_tails_are_the_published_ones(double threshold, double negativeLogarithm) =>
        Assert.Equal(
            negativeLogarithm,
            -Math.Log10(ReferenceLaw.Of("RandomNormal(mean=0, stddev=1)").TailProbability(threshold) / 2),
            1e-5);

    /// <summary>Half a unit in the last place, 2^-24 for 1 &lt;= |w| &lt; 2, times the density there, 0.242.</summary>
    [Fact]
    public void Rounding_to_float32_moves_little_of_the_normal_law()
    {
        double[] cells = CellProbabilities.OfRounded(
            ReferenceLaw.Of("RandomNormal(mean=0, stddev=1)"), DType.Float32, new ParallelOptions());
        AssertNearlyEqual(cells, Math.ScaleB(1, -26));
        Assert.Contains(cells, p => p != 1.0 / CellProbabilities.Count);
    }

    /// <summary>
    /// The transform of the truncated normal law on every word there is: no sampling, no luck. Its quantile promises
    /// four units in the last place, 2^-21 for 1 &lt;= |w| &lt; 2, times the density there, 0.253.
    /// </summary>
    [Fact]
    [Trait("Category", "Slow")]
    public void Truncated_normal_values_of_all_words_have_their_law() =>
        AssertNearlyEqual(
            CellProbabilities.OfRounded(
                ReferenceLaw.Of("TruncatedNormal(stddev=1)"), DType.Float32, new ParallelOptions()),
            Math.ScaleB(1, -23));

    private static void AssertNearlyEqual(double[] cells, double tolerance)
    {
        double cumulative = 0;
        for (int cell = 0; cell < cells.Length; cell++)
        {
            Assert.Equal(1.0 / cells.Length, cells[cell], 2 * tolerance);
            cumulative += cells[cell];
            Assert.Equal((cell + 1.0) / cells.Length, cumulative, tolerance);
        }

        Assert.Equal(1, cumulative, 1e-12);
    }
}
