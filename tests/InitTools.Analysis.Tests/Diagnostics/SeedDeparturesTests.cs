using MathNet.Numerics.Distributions;
using Xunit;

namespace InitTools.Analysis.Tests.Diagnostics;

/// <summary>Scores of how far measured layers depart from the theory of wide ones.</summary>
public class SeedDeparturesTests
{
    [Fact]
    public void Wide_layers_do_as_theory_says()
    {
        IReadOnlyList<LayerVariance> layers = Measure(TestStack.EqualWidths(6, 128), "relu", 8);
        Assert.All(layers, layer =>
        {
            Assert.InRange(layer.SecondMomentDeparture!.Value, -5, 5);
            Assert.Equal("", layer.Departure);
        });

        // The last layer's ratio is 1 in every network, and does not vary.
        Assert.All(layers.SkipLast(1), layer => Assert.InRange(layer.GradientDeparture!.Value, -5, 5));
        Assert.Null(layers[^1].GradientDeparture);
    }

    [Fact]
    public void Narrow_and_deep_ones_depart_downwards()
    {
        // For one input ln q drifts by 5/(2n) a layer and scatters by 5/n: over 20 layers of 16 units by 3.1 with a
        // standard deviation of 2.5, the more so for several, whose mean is no wider.
        IReadOnlyList<LayerVariance> layers = Measure(TestStack.EqualWidths(20, 16), "relu", 60);
        Assert.InRange(layers[^1].SecondMomentDeparture!.Value, -15, -5);
        Assert.Equal("SecondMoment", layers[^1].Departure);
    }

    [Fact]
    public void A_score_is_the_normal_quantile_of_Students_law()
    {
        const int Count = 6;
        DataSet data = TestStack.Signs(16, 24, 9);
        DataSet gradient = TestStack.Signs(16, 24, 10);
        int[] widths = TestStack.EqualWidths(3, 24);
        LayerVarianceOptions OptionsOf(int replicate) => new()
        {
            Layers = LayerTensors.Create(
                Architecture.FromWidths(widths, Activation.Parse("tanh")),
                Initializer.Parse("GlorotNormal"),
                null,
                new Seed(2L),
                StreamPurpose.Weights.Replicate(replicate)),
            Data = data,
            Standardization = Standardization.None,
            OutputGradient = gradient,
            Seed = new Seed(2L),
        };
        double[] deviations =
        [
            .. Enumerable.Range(0, Count).Select(replicate =>
            {
                LayerVariance layer = LayerVarianceMeasurement.Measure(OptionsOf(replicate))[1];
                return Math.Log(layer.PreActivationSecondMoment / layer.ExpectedSecondMoment!.Value);
            }),
        ];
        double mean = deviations.Average();
        double error = Math.Sqrt(deviations.Sum(d => (d - mean) * (d - mean)) / (Count - 1) / Count);
        double expected = Normal.InvCDF(0, 1, StudentT.CDF(0, 1, Count - 1, mean / error));

        LayerVariance scored = LayerVarianceMeasurement.Measure(OptionsOf(0) with { SeedCount = Count })[1];
        Assert.Equal(expected, scored.SecondMomentDeparture!.Value, 1e-6);
        Assert.Null(LayerVarianceMeasurement.Measure(OptionsOf(0))[1].SecondMomentDeparture);
    }

    [Fact]
    public void Too_few_seeds_and_values_that_no_seed_draws_are_refused()
    {
        Assert.Equal(
            ErrorId.InvalidArgument,
            Assert.Throws<InitToolsException>(() => Measure([4, 4], "relu", 4)).ErrorId);
        var held = WeightTensor.FromArray("a.weight", "2x2", new float[] { 1, 2, 3, 4 });
        Assert.Equal(
            ErrorId.ParameterConflict,
            Assert.Throws<InitToolsException>(() => LayerVarianceMeasurement.Measure(new LayerVarianceOptions
            {
                Layers = LayerTensors.Join([held], Activation.Parse("relu")),
                SeedCount = 5,
                Seed = new Seed(1L),
            })).ErrorId);
    }

    private static IReadOnlyList<LayerVariance> Measure(int[] widths, string activation, int seedCount) =>
        LayerVarianceMeasurement.Measure(new LayerVarianceOptions
        {
            Layers = TestStack.Create(widths, activation, "HeNormal"),
            SeedCount = seedCount,
            BatchSize = 32,
            Seed = new Seed(4L),
        });
}
