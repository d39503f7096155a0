using System.CommandLine;
using InitTools.Analysis;
using InitTools.Formats;

namespace InitTools.Cli;

/// <summary>One run of a command: its options' values, and where its results go.</summary>
internal sealed class CommandContext(ParseResult arguments, CommandEnvironment environment)
{
    /// <summary>What the process says on leaving where the command comes to its end.</summary>
    public int ExitCode { get; set; } = Cli.ExitCode.Success;

    /// <summary>The value of an option; null, or false, where it was not given.</summary>
    public T? Get<T>(ParameterOption<T> option) => Has(option) ? arguments.GetValue(option) : default;

    /// <summary>Whether an option was given.</summary>
    public bool Has(Option option) => arguments.GetResult(option) is { Implicit: false };

    /// <summary>Threads, as --throttle-limit bounds them, and cancellation.</summary>
    public ParallelOptions ParallelOptions(ParameterOption<int?> throttleLimit) => new()
    {
        MaxDegreeOfParallelism = Get(throttleLimit) ?? -1,
        CancellationToken = environment.CancellationToken,
    };

    /// <summary>
    /// The line of PowerShell that makes the same call: what was given, and the seed where it was drawn.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="ofOthers">Options that stand for parameters of another cmdlet, or null.</param>
    public string ComposeCommand(ToolCommand command, Seed seed, IReadOnlyList<Option>? ofOthers = null)
    {
        // Page, chart and the number of threads say nothing about the results.
        string[] left = ["Path", "Title", "Force", "Kind", "ChartWidth", "ChartHeight", "ThrottleLimit", "Seed"];
        IEnumerable<KeyValuePair<string, object?>> given = command.Options
            .Where(option => option is IParameterOption parameter && !left.Contains(parameter.Parameter))
            .Except(ofOthers ?? [])
            .SelectMany(ArgumentsOf);
        return PowerShellLine.Of(
            command.Cmdlet,
            [.. given, KeyValuePair.Create<string, object?>("Seed", seed.ToString())]);
    }

    /// <summary>The parameter that an option stands for, and its value; nothing where it was not given.</summary>
    public IEnumerable<KeyValuePair<string, object?>> ArgumentsOf(Option option) =>
        Has(option) ? [KeyValuePair.Create(((IParameterOption)option).Parameter, ValueOf(option))] : [];

    /// <summary>Finds the tensors of files that expressions name, from the current directory.</summary>
    public ITensorFileSource Files { get; } = new TensorFileSource(Path.GetFullPath);

    /// <summary>Stops the command.</summary>
    public CancellationToken CancellationToken => environment.CancellationToken;

    /// <summary>Columns of text that the output takes.</summary>
    public int Width => environment.Width;

    /// <summary>Whether results are printed for people and not as JSON or CSV.</summary>
    public bool PrintsText => !arguments.GetValue(CommandTree.Json) && !arguments.GetValue(CommandTree.Csv);

    /// <summary>Runs work that may take more than a second.</summary>
    public T Work<T>(string description, Func<IProgress<double>?, T> work) =>
        WorkProgress.Run(environment, description, work);

    /// <summary>Fails where the output has two forms.</summary>
    public void RequireOneForm()
    {
        if (arguments.GetValue(CommandTree.Json) && arguments.GetValue(CommandTree.Csv))
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"{CommandTree.Json.Name} and {CommandTree.Csv.Name} were given; give one of the two.");
        }
    }

    /// <summary>Prints a line.</summary>
    public void WriteLine(string text) => environment.Output.WriteLine(text);

    /// <summary>Prints results in the form that was asked for.</summary>
    public void Write<T>(IReadOnlyList<T> records)
    {
        if (arguments.GetValue(CommandTree.Json))
        {
            JsonOutput.Write(environment.Output, records);
        }
        else if (arguments.GetValue(CommandTree.Csv))
        {
            CsvOutput.Write(environment.Output, records);
        }
        else
        {
            TableOutput.Write(environment, records);
        }
    }

    /// <summary>Prints results as a chart below, where one was asked for.</summary>
    public void Draw(IReadOnlyCollection<object> results, LayerChartOptions? options)
    {
        if (options is not null)
        {
            environment.Output.WriteLine();
            foreach (string line in LayerChart.Draw(results, options))
            {
                environment.Output.WriteLine(line);
            }
        }
    }

    // Numbers are passed on as they were written, which both doors read alike.
    private object? ValueOf(Option option) => option switch
    {
        ParameterOption<bool> => true,
        ParameterOption<string[]?> list => Get(list),
        _ => arguments.GetResult(option)!.Tokens[^1].Value,
    };
}
