using InitTools.Formats;
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

    [Theory]
    [InlineData("convolutions")]
    [InlineData("residual-mlp.csv")]
    [InlineData("transformer-ffn.json")]
    public void So_do_networks_of_other_layers(string name)
    {
        Architecture network = name == "convolutions"
            ? Convolutions()
            : ArchitectureFile.Read(Path.Combine(TestStack.DocumentsFolder, "architectures", name))
                .ReadArchitecture(Activation.Parse("relu"), Layout.IO);
        IReadOnlyList<LayerVariance> layers = LayerVarianceMeasurement.Measure(new LayerVarianceOptions
        {
            Layers = LayerTensors.Create(
                network,
                Initializer.Parse("HeNormal"),
                Initializer.Parse("RandomNormal(stddev=0.2)"),
                new Seed(6L),
                StreamPurpose.Weights),
            InputShape = network.Input,
            SeedCount = 5,
            BatchSize = 32,
            Seed = new Seed(6L),
        });

        Assert.All(layers, layer =>
        {
            Assert.NotNull(layer.ExpectedSecondMoment);
            Assert.NotNull(layer.ExpectedGradientFactor);
            Assert.Equal("", layer.Departure);
        });

        // What a normalization puts out does not vary; all that is drawn does.
        Assert.All(
            layers.Where(layer => layer.Kind != "LayerNormalization"),
            layer => Assert.InRange(layer.SecondMomentDeparture!.Value, -5, 5));
        Assert.Equal(layers.Count - 1, layers.Count(layer => layer.GradientDeparture is not null));
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

    // Padding, stride, dilation and groups; a skip round two of them.
    private static Architecture Convolutions()
    {
        Activation relu = Activation.Parse("relu");
        Activation linear = Activation.Parse("linear");
        static ConvolutionOperation Kernel(
            int inputs, int padding, int stride = 1, int dilation = 1, int groups = 1) => new(
            inputs / groups, 48, new Window([3, 3], [stride], [padding], [dilation]), groups);
        return new Architecture(
            [
                new LayerSpec("a", Kernel(16, 1), relu),
                new LayerSpec("b", Kernel(48, 1, stride: 2), linear),
                new LayerSpec("c", Kernel(48, 2, dilation: 2, groups: 3), Activation.Parse("tanh")),
                new LayerSpec("d", Kernel(48, 1), linear, "b"),
                new LayerSpec("e", Kernel(48, 0), relu),
                new LayerSpec("flatten", new FlattenOperation(), linear),
                new LayerSpec("f", 48 * 16, 10, linear),
            ],
            new FeatureShape(16, 11, 11));
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
