using Xunit;

namespace InitTools.Core.Tests.Networks;

public class LayerTensorsTests
{
    private static readonly Activation s_relu = Activation.Parse("relu");

    [Theory]
    [InlineData("fc1", "fc1.weight", "fc1.bias")]
    [InlineData("block.0.fc", "block.0.fc", "block.0.fc.bias")]
    [InlineData("fc1.weight", "fc1.weight", "fc1.bias")]
    [InlineData("dense.kernel", "dense.kernel", "dense.bias")]
    public void Tensors_are_named_after_their_layer(string layer, string weight, string bias)
    {
        Assert.Equal(weight, TensorNames.WeightOf(layer));
        Assert.Equal(bias, TensorNames.BiasOf(layer));
        Assert.Equal(TensorNames.LayerOf(weight), TensorNames.LayerOf(bias));
    }

    [Fact]
    public void Biases_join_their_weights_by_name_in_any_order()
    {
        IReadOnlyList<LayerTensors> layers = LayerTensors.Join(
            [Tensor("b.bias", 2), Tensor("a.weight", 3, 4), Tensor("b.weight", 4, 2), Tensor("a.bias", 4)],
            s_relu);
        Assert.Equal(["a", "b"], layers.Select(l => l.Name));
        Assert.Equal(["a.bias", "b.bias"], layers.Select(l => l.Bias!.Name));
        Assert.Equal([(3, 4), (4, 2)], layers.Select(l => (l.FanIn, l.FanOut)));
    }

    [Fact]
    public void Layout_says_which_dimension_is_the_input()
    {
        WeightTensor tensor = WeightTensor.Create(Tensor("a", 3, 4).GetOptions() with { Layout = Layout.OI });
        LayerTensors layer = Assert.Single(LayerTensors.Join([tensor], s_relu));
        Assert.Equal((4, 3), (layer.FanIn, layer.FanOut));
    }

    [Fact]
    public void The_activation_of_a_tensor_wins_over_the_default()
    {
        WeightTensor tanh = WeightTensor.Create(
            Tensor("a", 3, 4).GetOptions() with { Activation = Activation.Parse("tanh") });
        Assert.Equal(
            ["tanh", "relu"],
            LayerTensors.Join([tanh, Tensor("b", 4, 2)], s_relu).Select(l => l.Activation.Name));
    }

    [Fact]
    public void Biases_take_the_fans_and_the_seed_of_their_layer()
    {
        WeightTensor bias = LayerTensors.BiasOf(Tensor("fc.weight", 100, 7), Initializer.Parse("LecunUniform"));
        Assert.Equal("fc.bias", bias.Name);
        Assert.Equal("7", bias.Shape);
        Assert.Equal(100, bias.FanIn);
        Assert.Equal("Given", bias.FanRule);
        Assert.Equal(Math.Sqrt(3.0 / 100), bias.Limit!.Value, 1e-15);
    }

    [Fact]
    public void What_makes_no_stack_is_one_clear_error()
    {
        InitToolsException gap = ExpectError(ErrorId.LayerMismatch, Tensor("a", 3, 4), Tensor("b", 5, 2));
        Assert.All(["'a'", "'b'", "4", "5"], part => Assert.Contains(part, gap.Message, StringComparison.Ordinal));
        ExpectError(ErrorId.LayerMismatch, Tensor("a", 3, 4), Tensor("b.bias", 4));
        ExpectError(ErrorId.LayerMismatch, Tensor("a", 3, 4), Tensor("a.bias", 5));
        ExpectError(ErrorId.LayerMismatch, Tensor("a", 3, 3), Tensor("a", 3, 3));
        ExpectError(ErrorId.InvalidShape, Tensor("a", 3, 3, 4, 5));
        ExpectError(ErrorId.InvalidShape, Tensor("a", 3));
        ExpectError(ErrorId.InvalidShape);
        ExpectError(ErrorId.InvalidShape, WeightTensor.Create(Tensor("a", 3, 4).GetOptions() with { Offset = 3 }));
    }

    private static InitToolsException ExpectError(ErrorId errorId, params WeightTensor[] tensors) =>
        Errors.Expect(errorId, () => LayerTensors.Join(tensors, s_relu));

    private static WeightTensor Tensor(string name, params long[] dimensions) => WeightTensor.Create(
        new WeightTensorOptions
        {
            Name = name,
            Shape = new TensorShape(dimensions),
            Initializer = Initializer.Parse("RandomNormal"),
            Seed = new Seed(1UL),
        });
}
