using Xunit;

namespace InitTools.Cli.Tests;

public class ChartOptionsTests
{
    private static readonly string[] s_measure = ["measure", "--width", "8,8,4", "--batch-size", "8", "--seed", "1"];

    [Fact]
    public void Chart_draws_below_the_table_what_is_in_the_table()
    {
        string[] compare =
        [
            "compare", "--width", "8,8,4", "--initializer", "HeNormal,Zeros", "--batch-size", "8", "--seed-count", "2",
            "--seed", "1",
        ];
        CommandRun plain = CommandRun.Of(compare);
        CommandRun run = CommandRun.Of([.. compare, "--chart", "--chart-width", "60"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith(plain.Output, run.Output, StringComparison.Ordinal);
        string[] chart = run.Output[plain.Output.Length..].Split(Environment.NewLine);
        Assert.Contains("Network 8, 8, 4 with relu", chart);
        Assert.All(chart, line => Assert.InRange(line.Length, 0, 60));
        Assert.Single(chart, line => line.StartsWith("\u25CF HeNormal", StringComparison.Ordinal));
        Assert.Single(chart, line => line.StartsWith("\u25CB Zeros", StringComparison.Ordinal));
    }

    [Fact]
    public void Chart_takes_a_kind()
    {
        CommandRun run = CommandRun.Of([.. s_measure, "--chart", "activationhistogram"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("Histogram of the activations", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--chart", "--chart-height", "60")]
    [InlineData("--chart", "--chart-height", "4", "--chart-width", "40")]
    public void Bounds_of_the_size_belong_to_it(params string[] options) =>
        Assert.Equal(0, CommandRun.Of([.. s_measure, .. options]).ExitCode);

    [Theory]
    [InlineData("it needs --chart", "--chart-width", "60")]
    [InlineData("--json", "--chart", "--json")]
    [InlineData("ChartHeight is 61", "--chart", "--chart-height", "61")]
    [InlineData("Pie", "--chart", "Pie")]
    public void What_cannot_be_drawn_is_refused_before_anything_is_measured(string named, params string[] options)
    {
        CommandRun run = CommandRun.Of([.. s_measure, .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }
}
