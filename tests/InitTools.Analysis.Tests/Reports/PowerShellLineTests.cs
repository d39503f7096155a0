using Xunit;

namespace InitTools.Analysis.Tests.Reports;

public class PowerShellLineTests
{
    [Theory]
    [InlineData("relu", "relu")]
    [InlineData("tests/data/digits.csv", "tests/data/digits.csv")]
    [InlineData("64,64,10", "64,64,10")]
    [InlineData("RandomNormal(stddev=0.01)", "'RandomNormal(stddev=0.01)'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("it\u2019s", "'it\u2019\u2019s'")]
    [InlineData("$(Remove-Item x)", "'$(Remove-Item x)'")]
    [InlineData("-Force", "'-Force'")]
    [InlineData("two words", "'two words'")]
    [InlineData("a\n", "'a\n'")]
    [InlineData("", "''")]
    public void A_text_is_quoted_where_PowerShell_would_read_it_otherwise(string text, string expected) =>
        Assert.Equal($"Do-It -Text {expected}", Compose("Text", text));

    [Fact]
    public void Numbers_do_not_follow_the_culture_and_switches_have_no_value()
    {
        Assert.Equal("Do-It -Number 0.5", Compose("Number", 0.5));
        Assert.Equal("Do-It -Number 18446744073709551615", Compose("Number", ulong.MaxValue));
        Assert.Equal("Do-It -Train", Compose("Train", true));
        Assert.Equal("Do-It -Train:$false", Compose("Train", false));
    }

    [Fact]
    public void A_list_is_joined_by_commas_item_by_item()
    {
        string[] columns = ["digit", "a, b"];
        Assert.Equal("Do-It -ExcludeColumn digit,'a, b'", Compose("ExcludeColumn", columns));
    }

    [Fact]
    public void What_text_cannot_hold_is_a_variable()
    {
        Assert.Equal("Do-It -Data $data", Compose("Data", TestStack.Signs(2, 2, 1)));
        Assert.Equal("Do-It -Data $data", Compose("Data", Enumerable.Range(0, 1000).ToArray()));
        Assert.Equal("Do-It -Data $data", Compose("Data", new object[] { new int[2], new int[2] }));
    }

    private static string Compose(string parameter, object? value) =>
        PowerShellLine.Of("Do-It", [KeyValuePair.Create(parameter, value)]);
}
