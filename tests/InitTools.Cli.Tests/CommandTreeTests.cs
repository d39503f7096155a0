using System.CommandLine;
using System.Text.RegularExpressions;
using Xunit;

namespace InitTools.Cli.Tests;

public partial class CommandTreeTests
{
    [Fact]
    public void Commands_are_new_measure_compare_import_optimize_test_list() => Assert.Equal(
        ["new", "measure", "compare", "import", "optimize", "test", "list"],
        CommandTree.Create().Subcommands.Select(command => command.Name));

    [Theory]
    [InlineData("SeedCount", "--seed-count")]
    [InlineData("ExcludeColumn", "--exclude-column")]
    [InlineData("StdDev", "--stddev")]
    [InlineData("DType", "--dtype")]
    [InlineData("Seed", "--seed")]
    public void Options_are_the_parameters_names_in_kebab_case(string parameter, string option) =>
        Assert.Equal(option, ParameterName.ToOption(parameter));

    [Fact]
    public void Every_option_has_a_description_and_stands_in_the_help()
    {
        foreach (Command command in CommandTree.Create().Subcommands)
        {
            CommandRun help = CommandRun.Of(command.Name, "--help");
            Assert.Equal((0, ""), (help.ExitCode, help.Error));
            Assert.All(help.Lines, line => Assert.True(line.Length <= 120, line));
            Assert.All(command.Options, option =>
            {
                Assert.IsType<IParameterOption>(option, exactMatch: false);
                Assert.EndsWith(".", option.Description, StringComparison.Ordinal);
                Assert.Contains($"{option.Name} ", help.Output, StringComparison.Ordinal);
            });
        }
    }

    [Fact]
    public async Task Version_is_the_modules()
    {
        CommandRun run = await CommandRun.OfProcess("--version");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(Version(), run.Output.Trim());
        Assert.Equal(typeof(CommandTree).Assembly.GetName().Version!.ToString(3), run.Output.Trim());
    }

    [Fact]
    public void List_has_the_whole_catalogue_and_any_spelling_finds_its_entry()
    {
        Assert.Equal(
            InitializerCatalogue.All.Select(definition => definition.Name)
                .Concat(ParameterizationCatalogue.All.Select(definition => definition.Name)),
            CommandRun.Of("list", "--csv").Csv().Select(row => row["Name"]));
        Assert.Equal("HeNormal", CommandRun.Of("list", "--name", "kaiming_normal_", "--csv").Csv().Single()["Name"]);
        Assert.Equal(
            ["GlorotNormal", "GlorotUniform"],
            CommandRun.Of("list", "--name", "glorot*", "--csv").Csv().Select(row => row["Name"]));

        CommandRun table = CommandRun.Of("list");
        Assert.All(table.Lines, line => Assert.True(line.Length <= 120, line));
        Assert.Contains("GlorotUniform", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Colours_are_only_where_they_are_allowed()
    {
        foreach (bool usesColor in (bool[])[true, false])
        {
            using var output = new StringWriter();
            CommandLine.Run(
                ["measure", "--width", "8,8"],
                new CommandEnvironment { Output = output, Error = TextWriter.Null, UsesColor = usesColor });

            Assert.Equal(usesColor, output.ToString().Contains('\u001b', StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Cancelled_work_leaves_exit_code_130_and_no_output()
    {
        using var output = new StringWriter();
        int exitCode = CommandLine.Run(
            ["compare", "--width", "64,64,10"],
            new CommandEnvironment
            {
                Output = output,
                Error = TextWriter.Null,
                CancellationToken = new CancellationToken(canceled: true),
            });

        Assert.Equal(130, exitCode);
        Assert.Equal("", output.ToString());
    }

    [GeneratedRegex(@"^\d+\.\d+\.\d+$")]
    private static partial Regex Version();
}
