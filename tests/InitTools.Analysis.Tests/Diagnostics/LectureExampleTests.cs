using Xunit;

namespace InitTools.Analysis.Tests.Diagnostics;

/// <summary>The lecture's example: 250 inputs of value 1 into units whose weights are N(0, 1).</summary>
public sealed class LectureExampleTests
{
    private const int Units = 20_000;

    [Fact]
    public void The_variance_of_a_sum_of_250_weights_is_250()
    {
        LayerVariance layer = Measure("linear", "RandomNormal(stddev=1)");

        // Standard errors for so many normal units: variance 250 sqrt(2/N), mean sqrt(250/N).
        Assert.Equal(250, layer.PreActivationVariance, 5 * 250 * Math.Sqrt(2.0 / Units));
        Assert.Equal(15.8113883008, Math.Sqrt(layer.PreActivationVariance), 5 * 15.8113883008 / Math.Sqrt(2.0 * Units));
        Assert.Equal(0, layer.PreActivationMean, 5 * Math.Sqrt(250.0 / Units));
        Assert.Equal(250, layer.ExpectedSecondMoment!.Value, 1e-9);
    }

    [Theory]
    [InlineData("sigmoid", 0.7713412761)]
    [InlineData("tanh", 0.8670639830)]
    public void Most_units_are_saturated(string activation, double expected)
    {
        LayerVariance layer = Measure(activation, "RandomNormal(stddev=1)");

        Assert.Equal(expected, layer.SaturatedFraction!.Value, 5 * Math.Sqrt(expected * (1 - expected) / Units));
        Assert.Equal("Saturated", layer.Verdict);
        Assert.Contains("second moment 2", layer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Scaling_by_the_root_of_250_brings_the_variance_to_1_and_ends_the_saturation()
    {
        LayerVariance layer = Measure("sigmoid", "LecunNormal(distribution=normal)");

        Assert.Equal(1, layer.PreActivationVariance, 5 * Math.Sqrt(2.0 / Units));
        Assert.InRange(layer.SaturatedFraction!.Value, 0, 0.001);
        Assert.Equal("Healthy", layer.Verdict);
    }

    [Fact]
    public void One_row_has_no_variance_over_the_batch()
    {
        Assert.Null(Measure("linear", "RandomNormal(stddev=1)").PerUnitVariance);
    }

    private static LayerVariance Measure(string activation, string initializer) =>
        LayerVarianceMeasurement.Measure(new LayerVarianceOptions
        {
            Layers = TestStack.Create([250, Units], activation, initializer, seed: 42),
            InputDistribution = Initializer.Parse("Constant(1)"),
            BatchSize = 1,
            Seed = new Seed(42L),
        })[0];
}
