using System.Globalization;
using System.Text.Json;
using Xunit;

namespace InitTools.Cli.Tests;

public class NewParameterizationTests
{
    [Fact]
    public void A_map_names_the_initializer_of_each_tensor()
    {
        IReadOnlyList<Dictionary<string, string>> rows = CommandRun.Of(
            "new", "--width", "784,256,10", "--map", "*.bias=Zeros", "--map",
            "layer1*=VarianceScaling(scale=2, mode=fan_in)",
            "--map", "*=GlorotUniform", "--seed", "1", "--csv").Csv();
        Assert.Equal(
            ["VarianceScaling(scale=2)", "Zeros", "GlorotUniform", "Zeros"], rows.Select(row => row["Initializer"]));
    }

    [Fact]
    public void A_tensor_that_no_pattern_matches_is_an_error()
    {
        CommandRun run = CommandRun.Of("new", "--width", "784,256,10", "--map", "layer1*=HeNormal");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("layer2.weight", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_plan_shows_a_parameterization_and_its_multipliers()
    {
        JsonElement plan = CommandRun.Of(
            "new", "--width", "784,100000,100000", "--parameterization", "MuP(base=1000)", "--plan", "--json").Json();
        Assert.Equal(40_000_000_000, plan[2].GetProperty("Bytes").GetInt64());
        Assert.Equal(1.0 / 100, plan[2].GetProperty("LearningRateMultiplier").GetDouble(), 1e-15);
        Assert.Equal(Math.Sqrt(1.0 / 100_000 / 100), plan[2].GetProperty("StdDev").GetDouble(), 1e-15);
    }

    [Fact]
    public void A_plan_and_a_file_exclude_each_other()
    {
        CommandRun run = CommandRun.Of("new", "--shape", "3,4", "--plan", "--path", "never.npy");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--path", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_is_ordered_by_theory_where_an_activation_is_given()
    {
        IReadOnlyList<Dictionary<string, string>> rows = CommandRun.Of(
            "list", "--activation", "relu", "--depth", "30", "--name", "*Normal", "--csv").Csv();
        Assert.Equal("HeNormal", rows[0]["Name"]);
        Assert.Equal(2, double.Parse(rows[0]["SecondMoment"], CultureInfo.InvariantCulture), 1e-12);
    }
}
