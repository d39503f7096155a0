using Xunit;

namespace InitTools.Core.Tests.Networks;

/// <summary>Stacks of layers and what is wrong with some.</summary>
public class ArchitectureTests
{
    private static readonly Activation s_relu = Activation.Parse("relu");
    private static readonly Activation s_linear = Activation.Parse("linear");

    [Fact]
    public void Widths_make_layers()
    {
        Architecture architecture = Architecture.FromWidths([784, 256, 10], s_relu, s_linear);
        Assert.Equal(
            ["layer1: 784x256 relu", "layer2: 256x10 linear"],
            architecture.Layers.Select(layer => layer.ToString()));
        Assert.Equal((2, 784, 10, "784,256,10"), (
            architecture.Depth, architecture.InputWidth, architecture.OutputWidth, architecture.ToString()));
        Assert.All(
            Architecture.FromWidths([3, 4, 5], s_relu).Layers,
            layer => Assert.Equal(s_relu, layer.Activation));
    }

    // Keras's example: Dense(16), Dense(32), Dense(2) over 5 inputs.
    [Fact]
    public void Parameters_are_counted()
    {
        Architecture architecture = Architecture.FromWidths([5, 16, 32, 2], s_relu);
        Assert.Equal(706, architecture.CountParameters(withBias: true));
        Assert.Equal(656, architecture.CountParameters(withBias: false));
    }

    [Fact]
    public void Layers_that_do_not_chain_are_named_with_their_widths()
    {
        InitToolsException error = Errors.Expect(ErrorId.LayerMismatch, () => _ = new Architecture(
            [new LayerSpec("stem", 8, 4, s_relu), new LayerSpec("head", 5, 2, s_relu)]));
        Assert.Contains("Layer 2 'head' (5x2) takes 5", error.Message, StringComparison.Ordinal);
        Assert.Contains("layer 1 'stem' (8x4) puts out 4", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData(5)]
    [InlineData(5, 0)]
    [InlineData(5, -1, 3)]
    public void Widths_that_make_no_layers_are_refused(params int[] widths) =>
        Errors.Expect(ErrorId.InvalidShape, () => Architecture.FromWidths(widths, s_relu));

    [Fact]
    public void A_network_needs_layers_and_values_that_fit()
    {
        LayerSpec layer = new("a", 2, 3, s_relu);
        Errors.Expect(ErrorId.InvalidShape, () => _ = new Network<float>([]));
        Errors.Expect(ErrorId.ShapeMismatch, () => _ = new DenseLayer<float>(layer, new float[5]));
        Errors.Expect(ErrorId.ShapeMismatch, () => _ = new DenseLayer<float>(layer, new float[6], bias: new float[2]));
    }
}
