using InitTools.Kernels;
using Xunit;

namespace InitTools.Core.Tests.Kernels;

public class VectorSumTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(49)]
    public void Every_element_is_the_rounded_sum_and_the_elements_beside_are_left_alone(int length)
    {
        float[] values = [.. Enumerable.Range(0, length).Select(i => 1f / (i + 3))];
        float[] sums = [.. Enumerable.Range(0, length + 2).Select(i => MathF.Sqrt(i + 2))];
        float[] expected = [.. sums];
        for (int i = 0; i < length; i++)
        {
            expected[i + 1] += values[i];
        }

        VectorSum.Add<float>(values, sums.AsSpan(1, length));

        Assert.Equal(expected, sums);
    }

    [Fact]
    public void Lengths_have_to_agree() =>
        Errors.Expect(ErrorId.ShapeMismatch, () => VectorSum.Add<double>(new double[3], new double[4]));
}
