using Xunit;

namespace InitTools.Analysis.Tests.Diagnostics;

public sealed class RowOrderTests
{
    private static readonly StreamKey s_key = StreamKey.Create(new Seed(42L), StreamPurpose.Shuffle, "epoch 1");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1797)]
    public void Is_a_permutation(int count)
    {
        Assert.Equal(Enumerable.Range(0, count), RowOrder.Shuffle(count, s_key).Order());
    }

    [Fact]
    public void Is_the_same_for_the_same_stream_and_another_for_another()
    {
        StreamKey other = StreamKey.Create(new Seed(42L), StreamPurpose.Shuffle, "epoch 2");

        Assert.Equal(RowOrder.Shuffle(100, s_key), RowOrder.Shuffle(100, s_key));
        Assert.NotEqual(RowOrder.Shuffle(100, s_key), RowOrder.Shuffle(100, other));
    }

    [Fact]
    public void All_orders_of_four_rows_are_equally_likely()
    {
        const int Draws = 24_000;
        int[] counts = new int[256];
        for (int draw = 0; draw < Draws; draw++)
        {
            int[] order = RowOrder.Shuffle(4, StreamKey.Create(new Seed(7L), StreamPurpose.Shuffle, $"{draw}"));
            counts[order[0] * 64 + order[1] * 16 + order[2] * 4 + order[3]]++;
        }

        int[] seen = [.. counts.Where(count => count > 0)];
        double chiSquare = seen.Sum(count => Math.Pow(count - 1000, 2) / 1000);

        // 24 orders; 23 degrees of freedom, whose mean is 23 and standard deviation sqrt(46).
        Assert.Equal(24, seen.Length);
        Assert.InRange(chiSquare, 0, 23 + 5 * Math.Sqrt(46));
    }
}
