using Xunit;

namespace InitTools.Pester.Tests;

/// <summary>Every test of every Pester suite in this folder, as a test of its own.</summary>
public class PesterTests
{
    [Theory]
    [MemberData(nameof(Results), DisableDiscoveryEnumeration = true)]
    public void Suite(PesterResult result) => Assert.True(result.Result == "Passed", result.Message);

    [Fact]
    public void Failures_of_tests_of_blocks_and_of_discovery_are_reported_as_failures()
    {
        string folder = Path.Combine(PesterRun.Folder, "Fixtures");
        string[] fixtures = Directory.GetFiles(folder, "*.Tests.ps1");
        (IReadOnlyList<PesterResult> results, string? missingReason) = PesterRun.Invoke(fixtures);
        Assert.SkipWhen(missingReason is not null, missingReason ?? "");

        Assert.Equal(
            [
                "BeforeAll.Tests.ps1: A block whose BeforeAll throws, its BeforeAll or AfterAll: Failed",
                "BeforeAll.Tests.ps1: A block whose BeforeAll throws.does not run its test: Failed",
                "Discovery.Tests.ps1: discovery: Failed",
                "Empty.Tests.ps1: discovery: Failed",
                "Results.Tests.ps1: Results.fails: Failed",
                "Results.Tests.ps1: Results.is skipped: Skipped",
                "Results.Tests.ps1: Results.passes: Passed",
            ],
            results.Select(r => $"{r.Suite}: {r.Name}: {r.Result}").Order(StringComparer.Ordinal));
        Assert.Contains("Expected 2, but got 1", results.Single(r => r.Name == "Results.fails").Message);
        Assert.Contains("the reason", results.Single(r => r.Name == "Results.is skipped").Message);
        Assert.Contains("at discovery", results.Single(r => r.Suite == "Discovery.Tests.ps1").Message);
        Assert.Contains("no tests", results.Single(r => r.Suite == "Empty.Tests.ps1").Message);
    }

    public static IEnumerable<TheoryDataRow<PesterResult>> Results()
    {
        string[] suites = Directory.GetFiles(PesterRun.Folder, "*.Tests.ps1");
        (IReadOnlyList<PesterResult> results, string? missingReason) = PesterRun.Invoke(suites);
        if (missingReason is not null)
        {
            results = [.. suites.Select(s => new PesterResult(Path.GetFileName(s), "all", "Skipped", missingReason))];
        }

        foreach (PesterResult result in results)
        {
            yield return new TheoryDataRow<PesterResult>(result)
            {
                Label = $"{result.Suite}: {result.Name}",
                Skip = result.Result == "Skipped" ? result.Message : null,
            };
        }
    }
}
