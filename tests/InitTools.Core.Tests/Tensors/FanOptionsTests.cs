using Xunit;

namespace InitTools.Core.Tests.Tensors;

/// <summary>True fans where frameworks err, and the frameworks' own where they are asked for.</summary>
public class FanOptionsTests
{
    [Theory]
    // PyTorch's Conv2d(4, 4, 3, groups=4): fan_out is 9 and not 36.
    [InlineData("4x1x3x3", Layout.OI, 4, false, null, 9, 9, FanRule.Grouped)]
    [InlineData("4x1x3x3", Layout.OI, 4, false, Convention.PyTorch, 9, 36, FanRule.PyTorch)]
    [InlineData("16x4x3x3", Layout.OI, 2, false, null, 36, 72, FanRule.Grouped)]
    [InlineData("3x3x4x16", Layout.IO, 2, false, null, 36, 72, FanRule.Grouped)]
    [InlineData("3x3x4x16", Layout.IO, 2, false, Convention.Keras, 36, 144, FanRule.Keras)]
    [InlineData("3x3x4x16", Layout.IO, 2, false, Convention.Jax, 36, 144, FanRule.Jax)]
    // ConvTranspose2d(8, 16, 3): the weight is (in, out, 3, 3); Keras's kernel is (3, 3, out, in).
    [InlineData("8x16x3x3", Layout.OI, null, true, null, 72, 144, FanRule.Transposed)]
    [InlineData("3x3x16x8", Layout.IO, null, true, null, 72, 144, FanRule.Transposed)]
    [InlineData("8x16x3x3", Layout.OI, null, true, Convention.PyTorch, 144, 72, FanRule.PyTorch)]
    [InlineData("3x3x16x8", Layout.IO, null, true, Convention.Keras, 144, 72, FanRule.Keras)]
    [InlineData("8x4x3x3", Layout.OI, 2, true, null, 36, 36, FanRule.TransposedGrouped)]
    public void Of_groups_and_transposition(
        string shape, Layout layout, int? groups, bool isTransposed, Convention? convention, long fanIn, long fanOut,
        FanRule rule)
    {
        FanOptions options = new() { Groups = groups, IsTransposed = isTransposed, Convention = convention };
        Assert.Equal(new Fans(fanIn, fanOut, rule), options.Of(TensorShape.Parse(shape), layout));
    }

    // Keras's DepthwiseConv2D kernel (3, 3, 8, 2): a channel sees 9 weights and feeds 18.
    [Theory]
    [InlineData(null, 9, 18, FanRule.Depthwise)]
    [InlineData(Convention.Keras, 72, 18, FanRule.Keras)]
    public void Of_a_depthwise_kernel(Convention? convention, long fanIn, long fanOut, FanRule rule) => Assert.Equal(
        new Fans(fanIn, fanOut, rule),
        new FanOptions { IsDepthwise = true, Convention = convention }.Of(new TensorShape(3, 3, 8, 2), Layout.IO));

    [Theory]
    // Attention: (dim, heads, size) and (heads, size, dim).
    [InlineData("32x8x16", "0", "1,2", null, null, 32, 128, FanRule.Axes)]
    [InlineData("32x8x16", "0", "1,2", null, Convention.Keras, 32, 128, FanRule.Keras)]
    [InlineData("8x16x32", "0,1", "2", null, null, 128, 32, FanRule.Axes)]
    [InlineData("8x16x32", "-3,-2", "-1", null, null, 128, 32, FanRule.Axes)]
    // Axes that are not named multiply both fans in JAX and neither in Keras.
    [InlineData("3x3x8x16", "2", "3", null, null, 72, 144, FanRule.Axes)]
    [InlineData("3x3x8x16", "2", "3", null, Convention.Keras, 8, 16, FanRule.Keras)]
    // Eight experts side by side.
    [InlineData("8x32x64", "1", "2", "0", null, 32, 64, FanRule.Axes)]
    [InlineData("8x32x64", null, null, "0", null, 32, 64, FanRule.Axes)]
    public void Of_axes(
        string shape, string? input, string? output, string? batch, Convention? convention, long fanIn, long fanOut,
        FanRule rule) => Assert.Equal(
            new Fans(fanIn, fanOut, rule),
            new FanOptions
            {
                InputAxis = FanOptions.ParseAxes(input),
                OutputAxis = FanOptions.ParseAxes(output),
                BatchAxis = FanOptions.ParseAxes(batch),
                Convention = convention,
            }.Of(TensorShape.Parse(shape), Layout.IO));

    [Fact]
    public void Of_a_vector_are_those_of_Keras_only_where_it_is_asked_for()
    {
        Assert.Null(new FanOptions().Of(new TensorShape(5), Layout.IO));
        Assert.Equal(
            new Fans(5, 5, FanRule.Keras),
            new FanOptions { Convention = Convention.Keras }.Of(new TensorShape(5), Layout.IO));
    }

    [Fact]
    public void That_contradict_one_another_are_errors()
    {
        TensorShape shape = new(3, 3, 4, 8);
        Expect(ErrorId.ParameterConflict, new FanOptions { FanIn = 3 });
        Expect(ErrorId.InvalidShape, new FanOptions { FanIn = 3, FanOut = 0 });
        Expect(ErrorId.ParameterConflict, new FanOptions { FanIn = 3, FanOut = 3, Groups = 2 });
        Expect(ErrorId.ParameterConflict, new FanOptions { Groups = 2, InputAxis = [0] });
        Expect(ErrorId.ParameterConflict, new FanOptions { Groups = 2, IsDepthwise = true });
        Expect(ErrorId.InvalidArgument, new FanOptions { Groups = 3 });
        Expect(ErrorId.InvalidArgument, new FanOptions { Groups = 0 });
        Expect(ErrorId.InvalidArgument, new FanOptions { InputAxis = [4] });
        Expect(ErrorId.InvalidArgument, new FanOptions { InputAxis = [-5] });
        Expect(ErrorId.InvalidArgument, new FanOptions { InputAxis = [1, 1] });
        Expect(ErrorId.InvalidArgument, new FanOptions { InputAxis = [-1] });
        Expect(ErrorId.ParameterConflict, new FanOptions { InputAxis = [0], Convention = Convention.Keras });
        Errors.Expect(ErrorId.InvalidArgument, () => FanOptions.ParseAxes("one"));
        Errors.Expect(
            ErrorId.InvalidShape, () => new FanOptions { Groups = 1 }.Of(new TensorShape(5), Layout.IO));

        void Expect(ErrorId errorId, FanOptions options) =>
            Errors.Expect(errorId, () => options.Of(shape, Layout.IO));
    }

    [Theory]
    [InlineData("4x1x3x3", Layout.OI, 4, false, false, 4)]
    [InlineData("3x3x8x2", Layout.IO, null, true, false, 16)]
    [InlineData("8x4x3x3", Layout.OI, 2, false, true, 8)]
    [InlineData("3x3x16x8", Layout.IO, null, false, true, 16)]
    public void Of_a_kernel_give_its_bias_as_many_elements_as_units(
        string shape, Layout layout, int? groups, bool isDepthwise, bool isTransposed, long units)
    {
        var tensorShape = TensorShape.Parse(shape);
        FanOptions options = new() { Groups = groups, IsDepthwise = isDepthwise, IsTransposed = isTransposed };
        var weight = WeightTensor.Create(new WeightTensorOptions
        {
            Name = "conv.weight",
            Shape = tensorShape,
            Initializer = Initializer.Parse("HeNormal"),
            Seed = new Seed(1L),
            Layout = layout,
            Fans = options.Of(tensorShape, layout),
        });
        Assert.Equal(units, LayerTensors.BiasOf(weight, Initializer.Parse("Zeros")).Count);
    }
}
