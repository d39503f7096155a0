using Xunit;

namespace InitTools.Core.Tests.Parameterizations;

public class InitializerMapTests
{
    [Theory]
    [InlineData("conv1.weight", "HeNormal")]
    [InlineData("CONV1.weight", "HeNormal")]
    [InlineData("fc.bias", "Zeros")]
    [InlineData("fc.weight", "GlorotUniform")]
    [InlineData("block3.weight", "RandomNormal(stddev=0.01)")]
    [InlineData("block7.weight", "GlorotUniform")]
    public void The_first_pattern_that_matches_wins(string tensor, string expected)
    {
        var map = InitializerMap.Parse(
            ["conv*=HeNormal", "*.bias=Zeros", "block[0-5].*=RandomNormal(stddev=0.01)", "*=glorot_uniform"]);
        Assert.Equal(expected, map.Find(tensor)!.ToString());
    }

    [Fact]
    public void Without_order_no_tensor_may_match_two_patterns()
    {
        InitializerMap map = new(
            [KeyValuePair.Create("conv*", "HeNormal"), KeyValuePair.Create("*.bias", "Zeros")], isOrdered: false);
        Assert.Equal("HeNormal", map.Find("conv1.weight")!.ToString());
        Assert.Null(map.Find("fc.weight"));
        InitToolsException error = Errors.Expect(ErrorId.AmbiguousMap, () => map.Find("conv1.bias"));
        Assert.Contains("conv*", error.Message, StringComparison.Ordinal);
        Assert.Contains("*.bias", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("norm1.weight", "Constant(value=0.5)")]
    [InlineData("norm1.bias", null)]
    [InlineData("h.0.norm.bias", "Zeros")]
    [InlineData("ln_f.weight", null)]
    public void A_pattern_for_layers_of_any_name_names_none(string tensor, string? expected)
    {
        var map = InitializerMap.Parse(
            ["*.weight=HeNormal", "norm1.weight=Constant(0.5)", "?*as=Ones", "h.?.norm*=Zeros", "*=GlorotUniform"]);
        Assert.Equal(expected, map.FindNamed(tensor)?.ToString());
    }

    [Theory]
    [InlineData("conv*", ErrorId.MalformedExpression)]
    [InlineData("=HeNormal", ErrorId.MalformedExpression)]
    [InlineData("conv*=HeNormle", ErrorId.UnknownInitializer)]
    [InlineData("conv[=HeNormal", ErrorId.MalformedExpression)]
    [InlineData("conv[z-a]=HeNormal", ErrorId.MalformedExpression)]
    public void What_is_no_entry_is_said(string entry, ErrorId id) =>
        Errors.Expect(id, () => InitializerMap.Parse([entry]));

    [Theory]
    [InlineData("a.b", "axb", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("*", "", true)]
    [InlineData("[^a]", "^", true)]
    [InlineData("[a-c]1", "B1", true)]
    [InlineData("fc", "fc1", false)]
    public void A_pattern_reads_as_like_does(string pattern, string name, bool matches) =>
        Assert.Equal(matches, new NamePattern(pattern).Matches(name));
}
