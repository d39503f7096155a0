using System.Text.Json;
using Xunit;

namespace InitTools.Cli.Tests;

public sealed class TestCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("HeNormal", null, 0)]
    [InlineData("Zeros", null, 0)]
    [InlineData("HeNormal", "Warning", 0)]
    [InlineData("Zeros", "Warning", 1)]
    [InlineData("RandomNormal(stddev=0.6)", "Warning", 1)]
    [InlineData("RandomNormal(stddev=0.6)", "Error", 0)]
    public void The_exit_code_is_one_where_a_finding_was_asked_to_fail(string initializer, string? failOn, int exitCode)
    {
        string path = Write(initializer);
        string[] arguments = failOn is null ? [] : ["--fail-on", failOn];

        CommandRun run = CommandRun.Of(["test", "--path", path, .. arguments]);

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Error));
        Assert.Contains(run.Lines, line => line.Contains("layer1.weight", StringComparison.Ordinal));
        Assert.All(run.Lines, line => Assert.True(line.Length <= 120, line));
    }

    [Theory]
    [InlineData("HeNormal", 0, "True")]
    [InlineData("Zeros", 1, "False")]
    public void Quiet_prints_the_answer_alone(string initializer, int exitCode, string answer)
    {
        CommandRun run = CommandRun.Of("test", "--path", Write(initializer), "--quiet");

        Assert.Equal((exitCode, answer), (run.ExitCode, run.Output.Trim()));
    }

    [Fact]
    public void Json_has_every_property_and_regenerate_its_proof()
    {
        string path = Write("HeNormal");

        JsonElement findings = CommandRun.Of("test", "--path", path, "--regenerate", "--json").Json();

        Assert.Equal(
            ["Detected", "RecipeHolds"],
            findings.EnumerateArray().Select(finding => finding.GetProperty("Kind").GetString()!).Order());
        Assert.All(findings.EnumerateArray(), finding =>
        {
            Assert.Equal("HeNormal", finding.GetProperty("DetectedInitializer").GetString());
            Assert.Equal(path, finding.GetProperty("Path").GetString());
        });
    }

    [Fact]
    public void The_report_has_the_findings()
    {
        string page = _directory.PathOf("report.html");

        CommandRun run = CommandRun.Of("test", "--path", Write("Zeros"), "--report", page);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        string html = File.ReadAllText(page);
        Assert.Contains("1 tensor: 1 error and 0 warnings.", html);
        Assert.Contains("Every element is 0", html);
    }

    [Fact]
    public void Without_a_file_there_is_nothing_to_test()
    {
        CommandRun run = CommandRun.Of("test");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("ParameterConflict", run.Error);
    }

    private string Write(string initializer)
    {
        string path = _directory.PathOf("w.safetensors");
        CommandRun run = CommandRun.Of(
            "new", "--width", "64,64", "--initializer", initializer, "--seed", "1", "--path", path);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return path;
    }
}
