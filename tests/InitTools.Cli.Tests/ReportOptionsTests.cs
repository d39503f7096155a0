using Xunit;

namespace InitTools.Cli.Tests;

public class ReportOptionsTests
{
    [Fact]
    public void Report_writes_a_page_with_the_line_of_PowerShell_and_prints_the_table_too()
    {
        using TemporaryFile file = new();
        CommandRun run = CommandRun.Of(
            "compare", "--width", "8,8,4", "--initializer", "HeNormal,RandomNormal(stddev=1)", "--batch-size", "8",
            "--seed-count", "2", "--seed", "7", "--report", file.Path, "--title", "Week <3>");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("HeNormal", run.Output, StringComparison.Ordinal);
        string page = File.ReadAllText(file.Path);
        Assert.Contains("<h1>Week &lt;3&gt;</h1>", page, StringComparison.Ordinal);
        Assert.Contains("-Initializer HeNormal,&#39;RandomNormal(stddev=1)&#39;", page, StringComparison.Ordinal);
        Assert.Contains("-Seed 7</code>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void An_existing_file_is_replaced_with_force_only()
    {
        using TemporaryFile file = new();
        File.WriteAllText(file.Path, "mine");
        string[] measure = ["measure", "--width", "8,8,4", "--batch-size", "8", "--report", file.Path];

        Assert.Equal(2, CommandRun.Of(measure).ExitCode);
        Assert.Equal("mine", File.ReadAllText(file.Path));
        Assert.Equal(0, CommandRun.Of([.. measure, "--force"]).ExitCode);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(file.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--force")]
    [InlineData("--title", "Week 3")]
    public void What_says_how_a_page_is_written_needs_a_page(params string[] options)
    {
        CommandRun run = CommandRun.Of(["measure", "--width", "8,4", .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--report", run.Error, StringComparison.Ordinal);
    }

    private sealed class TemporaryFile : IDisposable
    {
        public string Path { get; } =
            System.IO.Path.Combine(
            System.IO.Path.GetTempPath(), $"inittools-{System.IO.Path.GetRandomFileName()}.html");

        public void Dispose() => File.Delete(Path);
    }
}
