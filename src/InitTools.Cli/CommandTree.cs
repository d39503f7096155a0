using System.CommandLine;
using System.CommandLine.Help;

namespace InitTools.Cli;

/// <summary>
/// All commands and their options. Options are the parameters of the cmdlets (<see cref="IParameterOption"/>); only the
/// form of the output, which PowerShell leaves to Export-Csv and ConvertTo-Json, is the command line's own.
/// </summary>
public static class CommandTree
{
    /// <summary>Results as JSON.</summary>
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print all properties as a JSON array; numbers are exact.",
        Arity = ArgumentArity.Zero,
        Recursive = true,
    };

    /// <summary>Results as CSV.</summary>
    public static Option<bool> Csv { get; } = new("--csv")
    {
        Description = "Print all properties as comma-separated values; numbers are exact.",
        Arity = ArgumentArity.Zero,
        Recursive = true,
    };

    /// <summary>
    /// A root with the commands <c>new</c>, <c>measure</c>, <c>compare</c>, <c>import</c>, <c>optimize</c>,
    /// <c>test</c> and <c>list</c>.
    /// </summary>
    public static RootCommand Create()
    {
        var root = new RootCommand(
            "Sets, measures and compares the initial weights of neural networks. Options are the parameters of the " +
            "PowerShell cmdlets; lists are joined by commas, numbers have a decimal point. " +
            "Exit codes: 0 done, 1 a finding where asked for, 2 bad input, 130 interrupted.")
        {
            Json,
            Csv,
            new NewCommand(),
            new MeasureCommand(),
            new CompareCommand(),
            new ImportCommand(),
            new OptimizeCommand(),
            new TestCommand(),
            new ListCommand(),
        };
        foreach (HelpAction help in root.Options.Select(option => option.Action).OfType<HelpAction>())
        {
            help.MaxWidth = CommandEnvironment.LargestWidth;
        }

        return root;
    }
}
