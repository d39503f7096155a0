using Xunit;

namespace InitTools.Analysis.Tests.Diagnostics;

/// <summary>Measured and expected figures through 10 layers of width 512, means over five seeds.</summary>
public sealed class SignalPropagationMeasurementTests
{
    private const int Seeds = 5;
    private const int Width = 512;
    private const int Depth = 10;

    [Theory]
    [InlineData("tanh", "LecunNormal", 0.3942945, 0.1279047, 0.05801185, 0.05)]
    [InlineData("selu", "LecunNormal", 1, 1, 1, 0.05)]
    [InlineData("sigmoid", "LecunNormal", 0.293379, 0.2646903, 0.2646869, 0.15)]
    public void Second_moments_follow_the_infinite_width_prediction(
        string activation,
        string initializer,
        double second,
        double fifth,
        double tenth,
        double tolerance)
    {
        IReadOnlyList<LayerVariance>[] runs = Measure(activation, initializer);

        foreach ((int layer, double expected) in new[] { (2, second), (5, fifth), (10, tenth) })
        {
            // The prediction to the digits printed there, the measurement within the tolerance given there.
            Assert.All(runs, run => Assert.Equal(1, run[layer - 1].ExpectedSecondMoment!.Value / expected, 2e-6));
            double mean = runs.Average(run => run[layer - 1].PreActivationSecondMoment);
            Assert.Equal(1, mean / expected, tolerance);
        }

        double ratio = runs.Average(run => run[0].GradientRatio!.Value);
        Assert.Equal(1, ratio / runs[0][0].ExpectedGradientFactor!.Value, 0.15);
    }

    [Fact]
    public void Relu_follows_in_the_logarithm()
    {
        IReadOnlyList<LayerVariance>[] runs = Measure("relu", "HeNormal");

        // The logarithm has a variance of about 5 per layer over the width, and half of that as a bias downwards.
        foreach (int layer in (int[])[2, 5, 10])
        {
            double variance = 5.0 * layer / Width;
            double mean = runs.Average(run => Math.Log(run[layer - 1].PreActivationSecondMoment / 2));

            Assert.All(runs, run => Assert.Equal(2, run[layer - 1].ExpectedSecondMoment!.Value, 1e-6));
            Assert.Equal(-variance / 2, mean, 5 * Math.Sqrt(variance / Seeds));
        }

        Assert.All(runs, run => Assert.Equal(1, run[0].ExpectedGradientFactor!.Value, 1e-6));
        Assert.All(runs, run => Assert.InRange(run[4].ZeroFraction, 0.4, 0.6));
        Assert.All(runs, run => Assert.All(run, row => Assert.Null(row.SaturatedFraction)));
    }

    [Theory]
    [InlineData("tanh", 0.03786492)]
    [InlineData("selu", 3.719023)]
    [InlineData("sigmoid", 1.188519e-24)]
    public void Expected_gradient_factors_are_those_of_the_twenty_layer_table(string activation, double expected)
    {
        IReadOnlyList<LayerVariance> rows = LayerVarianceMeasurement.Measure(new LayerVarianceOptions
        {
            Layers = TestStack.Create(TestStack.EqualWidths(20, 16), activation, "LecunNormal"),
            Data = TestStack.Signs(4, 16, 1),
            Standardization = Standardization.None,
            Seed = new Seed(1L),
        });

        Assert.Equal(1, rows[0].ExpectedGradientFactor!.Value / expected, 1e-6);
        Assert.Equal(1, rows[^1].ExpectedGradientFactor!.Value);
        Assert.Equal(1, rows[^1].GradientRatio!.Value);
    }

    [Fact]
    public void Weights_with_a_mean_have_no_expectation()
    {
        IReadOnlyList<LayerVariance> rows = LayerVarianceMeasurement.Measure(new LayerVarianceOptions
        {
            Layers = TestStack.Create([4, 4, 4], "tanh", "Constant(0.1)"),
            Seed = new Seed(1L),
        });

        Assert.All(rows, row => Assert.Null(row.ExpectedSecondMoment));
        Assert.Null(rows[0].ExpectedGradientFactor);
    }

    private static IReadOnlyList<LayerVariance>[] Measure(string activation, string initializer) =>
    [
        .. Enumerable.Range(1, Seeds).Select(seed => LayerVarianceMeasurement.Measure(new LayerVarianceOptions
        {
            Layers = TestStack.Create(TestStack.EqualWidths(Depth, Width), activation, initializer, seed),
            Data = TestStack.Signs(64, Width, seed),
            Standardization = Standardization.None,
            Seed = new Seed((long)seed),
        })),
    ];
}
