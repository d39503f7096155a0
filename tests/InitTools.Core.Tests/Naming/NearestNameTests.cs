using Xunit;

namespace InitTools.Core.Tests.Naming;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("he", "HeNormal")]
    [InlineData("hee", "HeNormal")]
    [InlineData("glorot", "GlorotNormal")]
    [InlineData("lecun", "LecunNormal")]
    [InlineData("random", "RandomNormal")]
    [InlineData("HeNormall", "HeNormal")]
    [InlineData("unifrom", "uniform")]
    [InlineData("zeors", "Zeros")]
    [InlineData("Xavier_Unifrom", "xavier_uniform")]
    public void A_beginning_or_a_slip_finds_the_name_that_was_meant(string typed, string expected) =>
        Assert.Equal(
            expected,
            NearestName.Of(
                typed,
                [
                    "Ones", "Zeros", "Constant", "HeUniform", "HeNormal", "GlorotNormal", "GlorotUniform",
                    "LecunNormal",
                    "LecunUniform", "RandomNormal", "RandomUniform", "TruncatedNormal", "uniform", "xavier_normal",
                    "xavier_uniform",
                ]));

    [Fact]
    public void A_name_that_is_complete_wins_over_a_longer_one_that_begins_with_it() =>
        Assert.Equal("Float", NearestName.Of("flaot", ["Float32", "Float", "Float64"]));

    [Fact]
    public void Nothing_is_nearest_among_no_names() => Assert.Null(NearestName.Of("he", []));
}
