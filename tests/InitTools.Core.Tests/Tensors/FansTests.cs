using Xunit;

namespace InitTools.Core.Tests.Tensors;

public class FansTests
{
    // A dense weight, and a 3x3 convolution from 8 to 16 channels in both layouts.
    [Theory]
    [InlineData("3x4", Layout.IO, 3, 4, FanRule.Dense)]
    [InlineData("3x4", Layout.OI, 4, 3, FanRule.Dense)]
    [InlineData("3x3x8x16", Layout.IO, 72, 144, FanRule.Convolution)]
    [InlineData("16x8x3x3", Layout.OI, 72, 144, FanRule.Convolution)]
    [InlineData("16x8x3x3", Layout.IO, 384, 384, FanRule.Convolution)]
    [InlineData("5x6x7", Layout.IO, 30, 35, FanRule.Convolution)]
    public void Multiply_channels_by_the_receptive_field(
        string shape, Layout layout, long fanIn, long fanOut, FanRule rule) =>
        Assert.Equal(new Fans(fanIn, fanOut, rule), Fans.Of(TensorShape.Parse(shape), layout));

    [Fact]
    public void Are_undefined_for_rank_one() => Assert.Null(Fans.Of(new TensorShape(5), Layout.IO));
}
