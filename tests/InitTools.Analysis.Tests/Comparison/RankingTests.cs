using Xunit;

namespace InitTools.Analysis.Tests.Comparison;

public sealed class RankingTests
{
    [Fact]
    public void Equal_deviations_share_a_place_and_the_next_one_counts_them()
    {
        Assert.Equal(
            [2, 4, 1, 2, 4],
            Ranking.Of([0.5, double.PositiveInfinity, 0.1, 0.5, double.PositiveInfinity], (_, _) => 0));
    }

    [Fact]
    public void A_difference_within_the_tolerance_is_a_tie_with_the_best_of_the_group()
    {
        // 1.2 is within 0.25 of 1.1 but not of 0.9, which leads their group.
        Assert.Equal([3, 1, 1, 4], Ranking.Of([1.2, 0.9, 1.1, 2], (_, _) => 0.25));
    }

    [Fact]
    public void The_tolerance_is_that_of_the_two_compared()
    {
        Assert.Equal([1, 1, 3], Ranking.Of([1, 2, 3], (first, second) => (first, second) == (0, 1) ? 1 : 0.5));
    }
}
