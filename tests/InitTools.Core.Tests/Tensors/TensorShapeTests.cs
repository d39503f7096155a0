using Xunit;

namespace InitTools.Core.Tests.Tensors;

public class TensorShapeTests
{
    [Theory]
    [InlineData("784x256", "784x256", 200704)]
    [InlineData("784,256", "784x256", 200704)]
    [InlineData("(3, 3, 64, 128)", "3x3x64x128", 73728)]
    [InlineData("5", "5", 5)]
    public void Reads_its_spellings(string text, string printed, long count)
    {
        TensorShape shape = TensorShape.Parse(text);
        Assert.Equal(printed, shape.ToString());
        Assert.Equal(count, shape.Count);
        Assert.Equal(shape, TensorShape.Parse(printed));
    }

    [Theory]
    [InlineData("0x3")]
    [InlineData("3x-1")]
    [InlineData("3x")]
    [InlineData("three")]
    [InlineData("3.5")]
    [InlineData("")]
    public void Refuses_what_is_no_shape(string text) =>
        Errors.Expect(ErrorId.InvalidShape, () => TensorShape.Parse(text));

    [Fact]
    public void Refuses_more_elements_than_63_bits_count() =>
        Errors.Expect(ErrorId.AllocationTooLarge, () => _ = new TensorShape(long.MaxValue, 2));

    [Fact]
    public void Counts_the_largest_shape() => Assert.Equal(long.MaxValue, new TensorShape(long.MaxValue, 1).Count);
}
