using Xunit;

namespace InitTools.Core.Tests.Initializers;

public class InitializerListTests
{
    [Theory]
    [InlineData("He*", "HeNormal|HeUniform")]
    [InlineData("glorot_?n*,Zeros", "GlorotUniform|Zeros")]
    [InlineData("[HL]e*Normal", "HeNormal|LecunNormal")]
    [InlineData("kaiming_n*_", "HeNormal(distribution=normal)")]
    [InlineData("FromFile('He*.npy'),FromFile('a,b?.npz', 'fc1, (1)')",
        "FromFile(path='He*.npy')|FromFile(path='a,b?.npz', tensor='fc1, (1)')")]
    [InlineData("RandomNormal(mean=0, stddev=0.01),HeUniform", "RandomNormal(stddev=0.01)|HeUniform")]
    public void A_pattern_stands_for_every_initializer_with_a_name_that_matches(string text, string expected) =>
        Assert.Equal(expected.Split('|'), InitializerList.Parse([text]).Select(initializer => initializer.ToString()));

    [Fact]
    public void A_pattern_that_matches_no_name_is_refused() =>
        Errors.Expect(ErrorId.UnknownInitializer, () => InitializerList.Parse(["Hx*"]));
}
