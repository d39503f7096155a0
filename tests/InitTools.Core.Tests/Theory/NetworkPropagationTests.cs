using Xunit;

namespace InitTools.Core.Tests.Theory;

public class NetworkPropagationTests
{
    private static readonly Activation s_linear = Activation.Parse("linear");
    private static readonly Activation s_relu = Activation.Parse("relu");

    [Theory]
    [InlineData("tanh", null)]
    [InlineData("relu", "RandomNormal(mean=0.3, stddev=0.2)")]
    [InlineData("sigmoid", "RandomNormal(stddev=0.1)")]
    public void A_dense_stack_is_the_theory_of_stacks(string activation, string? bias)
    {
        var stack = Architecture.FromWidths([30, 50, 40, 10], Activation.Parse(activation));
        IReadOnlyList<LayerTensors> layers = Create(stack, "HeNormal", bias);
        IReadOnlyList<LayerPrediction> expected = SignalPropagation.Predict(
            [
                .. layers.Select(layer => new LayerLaw(
                    layer.FanIn,
                    layer.FanOut,
                    layer.Activation,
                    0,
                    layer.Weight!.GetLaw().Variance,
                    layer.Bias?.GetLaw().Mean ?? 0,
                    layer.Bias?.GetLaw().Variance ?? 0)),
            ],
            0.7);

        IReadOnlyList<LayerPrediction> found = NetworkPropagation.Predict(stack, layers, 0, [0.7], [3]);
        foreach ((LayerPrediction first, LayerPrediction second) in expected.Zip(found))
        {
            Assert.Equal(1, second.PreActivationSecondMoment!.Value / first.PreActivationSecondMoment!.Value, 1e-13);
            Assert.Equal(1, second.GradientRatio!.Value / first.GradientRatio!.Value, 1e-13);
            Assert.Equal(1, second.GradientFactor!.Value / first.GradientFactor!.Value, 1e-13);
        }
    }

    [Fact]
    public void A_padded_border_has_fewer_taps()
    {
        // Variance 1 for each of 3 taps over 2 channels. Inputs of moments 1, 2, 4, 8; the border sees two of them:
        // 2 (1+2), 2 (1+2+4), 2 (2+4+8), 2 (4+8). The second layer sees these, with its own border.
        var network = new Architecture(
            [
                new LayerSpec("a", new ConvolutionOperation(2, 2, new Window([3], padding: [1])), s_linear),
                new LayerSpec(
                    "b", new ConvolutionOperation(2, 5, new Window([3], stride: [2], padding: [1])), s_linear),
            ],
            new FeatureShape(2, 4));
        IReadOnlyList<LayerPrediction> found = NetworkPropagation.Predict(
            network, Create(network, "RandomNormal(stddev=1)"), 0, [1, 2, 4, 8], [1, 10]);

        Assert.Equal((6 + 14 + 28 + 24) / 4.0, found[0].PreActivationSecondMoment!.Value, 1e-13);
        Assert.Equal((2 * (6 + 14) + 2 * (14 + 28 + 24)) / 2.0, found[1].PreActivationSecondMoment!.Value, 1e-13);

        // Backwards over 5 channels: position 0 is seen by output 0, position 1 by both, positions 2 and 3 by output 1.
        Assert.Equal(5.0 * (1 + 11 + 10 + 10) / 11, found[0].GradientRatio!.Value, 1e-13);
        Assert.Equal(1, found[1].GradientRatio);
    }

    [Fact]
    public void A_stack_of_residual_blocks_grows_as_its_own_theory_says()
    {
        const int Width = 32;
        const int Blocks = 5;
        List<LayerSpec> specs = [new LayerSpec("block0", Width, Width, s_linear)];
        for (int block = 1; block <= Blocks; block++)
        {
            specs.Add(new LayerSpec($"inner{block}", Width, Width, Activation.Parse("tanh")));
            specs.Add(new LayerSpec($"block{block}", new DenseOperation(Width, Width), s_linear, $"block{block - 1}"));
        }

        var network = new Architecture(specs);
        IReadOnlyList<LayerPrediction> found =
            NetworkPropagation.Predict(network, Create(network, "HeNormal"), 0, [0.5], [1]);
        ResidualGrowth growth = new(Activation.Parse("tanh"), 2, 2);

        Assert.Equal(growth.After(Blocks, 1), found[^1].PreActivationSecondMoment!.Value, 1e-12);
        double ratio = 1;
        for (int block = Blocks; block > 0; block--)
        {
            ratio *= growth.GradientFactor(growth.After(block - 1, 1));
            Assert.Equal(1, found[2 * block - 2].GradientRatio!.Value / ratio, 1e-12);
        }
    }

    [Fact]
    public void A_normalization_makes_one_and_takes_two_directions()
    {
        var network = new Architecture(
            [
                new LayerSpec("a", 8, 16, s_linear),
                new LayerSpec("norm", new NormalizationOperation(0.1), s_relu),
                new LayerSpec("b", 16, 4, s_linear),
            ]);
        IReadOnlyList<LayerPrediction> found =
            NetworkPropagation.Predict(network, Create(network, "LecunNormal"), 0, [4], [1]);

        // q = 4, of which 16 channels have 15/16 about their mean.
        const double Variance = 15.0 / 16 * 4;
        Assert.Equal(4, found[0].PreActivationSecondMoment!.Value, 1e-13);
        Assert.Equal(Variance / (Variance + 0.1), found[1].PreActivationSecondMoment!.Value, 1e-13);
        Assert.Equal(0.5 * Variance / (Variance + 0.1), found[2].PreActivationSecondMoment!.Value, 1e-12);
        double back = 4.0 / 16 * 0.5;
        Assert.Equal(back, found[1].GradientRatio!.Value, 1e-13);
        Assert.Equal(back * (14.0 / 16) / (Variance + 0.1), found[0].GradientRatio!.Value, 1e-13);
    }

    [Fact]
    public void Many_positions_are_interpolated_between_integrals()
    {
        // Thousands of different moments from 1 to 2, each of its own position.
        double[] moments = [.. Enumerable.Range(0, 3000).Select(k => 1 + k * 919 % 3000 / 3000.0)];
        Activation tanh = Activation.Parse("tanh");
        ConvolutionOperation one = new(4, 4, new Window([1]));
        var network = new Architecture(
            [new LayerSpec("a", one, tanh), new LayerSpec("b", one, tanh)], new FeatureShape(4, 3000));
        IReadOnlyList<LayerPrediction> found = NetworkPropagation.Predict(
            network, Create(network, "LecunNormal"), 0, moments, [.. moments.Select(_ => 1.0)]);

        double expected = moments.Average(moment => GaussianExpectation.SecondMoment(tanh, 0, moment));
        Assert.Equal(1, found[1].PreActivationSecondMoment!.Value / expected, 1e-6);
    }

    [Theory]
    [InlineData("pool", "HeNormal", 1)]
    [InlineData("plain", "DeltaOrthogonal", 0)]
    [InlineData("plain", "Constant(0.1)", 0)]
    [InlineData("rectified skip", "HeNormal", 3)]
    public void Where_theory_ends_there_is_no_figure(string kind, string initializer, int layersWithFigure)
    {
        ConvolutionOperation kernel = new(4, 4, new Window([3], padding: [1]));
        LayerSpec[] layers = kind switch
        {
            "pool" =>
                [new("a", kernel, s_relu), new("p", new PoolOperation(new Window([3], [1], [1]), true), s_linear)],
            "rectified skip" => [new("a", kernel, s_relu), new("b", kernel, s_relu)],
            _ => [new("a", kernel, s_linear)],
        };
        Architecture network = new(
            [
                .. layers,
                new LayerSpec("c", kernel, s_relu, kind == "rectified skip" ? "a" : null),
                new LayerSpec("d", kernel, s_linear),
            ],
            new FeatureShape(4, 6));
        IReadOnlyList<LayerPrediction> found = NetworkPropagation.Predict(
            network, Create(network, initializer), 0, [1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1]);

        Assert.Equal(layersWithFigure, found.Count(layer => layer.PreActivationSecondMoment is not null));
        Assert.Null(found[0].GradientRatio);
        Assert.Equal(1, found[^1].GradientRatio);
    }

    private static IReadOnlyList<LayerTensors> Create(Architecture network, string initializer, string? bias = null) =>
        LayerTensors.Create(
            network,
            Initializer.Parse(initializer == "HeNormal" ? "HeNormal(distribution=normal)" : initializer),
            bias is null ? null : Initializer.Parse(bias),
            new Seed(1L),
            StreamPurpose.Weights);
}
