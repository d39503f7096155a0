using Xunit;

namespace InitTools.Analysis.Tests.Comparison;

/// <summary>What zeros and constants do when they are trained: a 3-4-4-2 net, 50 steps.</summary>
public sealed class SymmetryBreakingTests
{
    private const int Steps = 50;
    private static readonly int[] s_labels = [0, 1, 1, 0, 1];

    [Theory]
    [InlineData("tanh")]
    [InlineData("relu")]
    public void Zero_weights_of_tanh_and_relu_stay_exactly_zero(string activation)
    {
        Network<float> network = Train(activation, "Zeros");

        Assert.All(network.Layers, layer => Assert.All(layer.Weight, weight => Assert.Equal(0, weight)));
        Assert.All(network.Layers.SkipLast(1), layer => Assert.All(layer.Bias!, bias => Assert.Equal(0, bias)));
        Assert.Contains(network.Layers[^1].Bias!, bias => bias != 0);
    }

    [Fact]
    public void Zero_weights_of_sigmoid_leave_zero_but_units_stay_one_unit()
    {
        Network<float> network = Train("sigmoid", "Zeros");

        Assert.All(network.Layers, layer => Assert.Contains(layer.Weight, weight => weight != 0));
        Assert.All(network.Layers.SkipLast(1), layer => Assert.Equal(1, Symmetry.CountDistinctUnits(layer)));
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("relu")]
    [InlineData("sigmoid")]
    [InlineData("gelu")]
    public void Constant_weights_move_but_units_stay_one_unit_to_the_last_bit(string activation)
    {
        Network<float> network = Train(activation, "Constant(0.5)");

        Assert.All(network.Layers, layer => Assert.Contains(layer.Weight, weight => weight != 0.5f));
        Assert.All(network.Layers.SkipLast(1), layer => Assert.Equal(1, Symmetry.CountDistinctUnits(layer)));
    }

    [Fact]
    public void Random_weights_stay_apart()
    {
        Network<float> network = Train("tanh", "GlorotUniform");

        Assert.All(
            network.Layers,
            layer => Assert.Equal(layer.Spec.FanOut, Symmetry.CountDistinctUnits(layer)));
    }

    private static Network<float> Train(string activation, string initializer)
    {
        IReadOnlyList<LayerTensors> layers = LayerTensors.Create(
            Architecture.FromWidths([3, 4, 4, 2], Activation.Parse(activation), Activation.Parse("linear")),
            Initializer.Parse(initializer),
            Initializer.Parse("Zeros"),
            new Seed(1L),
            StreamPurpose.Weights);
        var network = new Network<float>(layers.Select(layer => new DenseLayer<float>(
            new LayerSpec(layer.Name, layer.FanIn, layer.FanOut, layer.Activation),
            layer.Weight!.ToArray<float>(),
            Layout.IO,
            layer.Bias!.ToArray<float>())));
        var pass = new NetworkPass<float>(network, new ParallelOptions());
        float[] input = [.. Enumerable.Range(0, 15).Select(i => (i * 7 % 11 - 5) / 4f)];
        float[] gradient = new float[2 * s_labels.Length];
        ParameterUpdate<float> descent = new Sgd().Attach<float>(0);
        for (int step = 0; step < Steps; step++)
        {
            pass.Forward(input, s_labels.Length);
            SoftmaxCrossEntropy.LossAndGradient(pass.Output, s_labels, gradient);
            pass.Backward(gradient, (l, layer) =>
            {
                descent.Apply(network.Layers[l].Weight, layer.Weight, 0.1);
                descent.Apply(network.Layers[l].Bias!, layer.Bias, 0.1);
            });
        }

        return network;
    }
}
