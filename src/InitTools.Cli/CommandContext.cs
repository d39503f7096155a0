using System.CommandLine;

namespace InitTools.Cli;

/// <summary>One run of a command: its options' values, and where its results go.</summary>
internal sealed class CommandContext(ParseResult arguments, CommandEnvironment environment)
{
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

    /// <summary>Stops the command.</summary>
    public CancellationToken CancellationToken => environment.CancellationToken;

    /// <summary>Runs work that may take more than a second.</summary>
    public T Work<T>(string description, Func<IProgress<double>?, T> work) =>
        WorkProgress.Run(environment, description, work);

    /// <summary>Prints results in the form that was asked for.</summary>
    public void Write<T>(IReadOnlyList<T> records)
    {
        bool asJson = arguments.GetValue(CommandTree.Json);
        bool asCsv = arguments.GetValue(CommandTree.Csv);
        if (asJson)
        {
            JsonOutput.Write(environment.Output, records);
        }
        else if (asCsv)
        {
            CsvOutput.Write(environment.Output, records);
        }
        else
        {
            TableOutput.Write(environment, records);
        }
    }
}
