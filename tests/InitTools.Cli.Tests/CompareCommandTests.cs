using System.Text.Json;
using System.Text.RegularExpressions;
using InitTools.Analysis;
using Xunit;

namespace InitTools.Cli.Tests;

public partial class CompareCommandTests
{
    private static readonly string[] s_mainJob =
    [
        "compare", "--width", "64,64,64,64,64,64,64,64,64,64,10", "--activation", "relu",
        "--data", TestData.Digits, "--exclude-column", "digit", "--seed", "1",
    ];

    [Fact]
    public async Task Main_job_prints_a_ranked_table()
    {
        CommandRun run = await CommandRun.OfProcess(s_mainJob);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.All(run.Lines, line => Assert.True(line.Length <= 120, line));
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Equal(
            ["Rank", "Initializer", "ForwardFactor", "BackwardFactor", "SaturatedFraction", "Deviation", "Verdict"],
            Words(run.Lines.First(line => line.Contains("Rank", StringComparison.Ordinal))));
        string[][] rows =
        [
            .. run.Lines.TakeWhile(line => line != "Reasons")
                .Where(line => TableRow().IsMatch(line))
                .Select(Words),
        ];
        Assert.Equal(InitializerComparer.DefaultCandidates.Count, rows.Length);
        Assert.StartsWith("He", rows[0][1], StringComparison.Ordinal);
        Assert.Equal("Healthy", rows[0][^1]);
        Assert.Equal("Symmetric", rows[^1][^1]);
        foreach (Initializer candidate in InitializerComparer.DefaultCandidates)
        {
            Assert.Contains(
                run.Lines.SkipWhile(line => line != "Reasons"),
                line => line.Contains(candidate.ToString(), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Json_has_the_figures_of_the_library_in_the_order_of_rank()
    {
        JsonElement rows = CommandRun.Of(
            "compare", "--width", "64,32,10", "--activation", "tanh",
            "--initializer", "HeNormal,RandomNormal(mean=0, stddev=1)", "--initializer", "Zeros",
            "--data", TestData.Digits, "--exclude-column", "digit", "--seed-count", "2", "--seed", "3",
            "--json").Json();

        IReadOnlyList<InitializerComparison> expected = InitializerComparer.Compare(new ComparisonOptions
        {
            Architecture = Architecture.FromWidths([64, 32, 10], Activation.Parse("tanh")),
            Initializers =
            [
                Initializer.Parse("HeNormal"),
                Initializer.Parse("RandomNormal(stddev=1)"),
                Initializer.Parse("Zeros"),
            ],
            Data = Formats.DataFile.Read(
                TestData.Digits, ["digit"], cancellationToken: TestContext.Current.CancellationToken),
            SeedCount = 2,
            Seed = new Seed(3L),
        });
        Assert.Equal(3, rows.GetArrayLength());
        Assert.Equal(
            expected.Select(row => row.Initializer),
            rows.EnumerateArray().Select(row => row.GetProperty("Initializer").GetString()));
        Assert.Equal(
            expected.Select(row => row.BackwardFactor),
            rows.EnumerateArray().Select(row => row.GetProperty("BackwardFactor").GetDouble()));
        Assert.Equal("Infinity", rows[2].GetProperty("Deviation").GetString());
        Assert.True(rows[2].GetProperty("Symmetric").GetBoolean());
    }

    [Fact]
    public void Training_prints_a_second_table()
    {
        CommandRun run = CommandRun.Of(
            "compare", "--width", "64,16,10", "--initializer", "HeNormal", "--data", TestData.Digits,
            "--train", "--target", "digit", "--epoch-count", "2", "--seed-count", "1", "--hold-out", "297",
            "--seed", "1");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.All(run.Lines, line => Assert.True(line.Length <= 120, line));
        Assert.Contains("FinalLoss", run.Output, StringComparison.Ordinal);
        Assert.Contains("HeldOutAccuracy", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_for_people_follow_the_culture_and_files_do_not()
    {
        string[] arguments = ["compare", "--width", "16,16,8", "--seed-count", "1", "--seed", "1"];

        CommandRun german = CommandRun.Under("de-DE", arguments);
        Assert.Equal(0, german.ExitCode);
        Assert.Matches(@"\d,\d", german.Output);
        foreach (string format in (string[])["--json", "--csv"])
        {
            Assert.Equal(
                CommandRun.Under("", [.. arguments, format]).Output,
                CommandRun.Under("de-DE", [.. arguments, format]).Output);
        }

        CommandRun parsed = CommandRun.Under(
            "de-DE",
            [.. arguments, "--initializer", "RandomNormal(stddev=0.5)", "--stack-factor", "50.5", "--csv"]);
        Assert.Equal("RandomNormal(stddev=0.5)", parsed.Csv().Single()["Initializer"]);
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"^\s*\d+\s")]
    private static partial Regex TableRow();
}
