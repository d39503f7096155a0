using System.CommandLine;
using InitTools.Formats;

namespace InitTools.Cli;

/// <summary>The options that say which batch is passed through a network.</summary>
internal sealed class DataOptions
{
    private readonly ParameterOption<string?> _data = ParameterOption.Text(
        "Data",
        "path",
        "Rows of numbers, as many columns as the first width: a .csv file, with or without a line of names, or a .npy file.");

    private readonly ParameterOption<string[]?> _excludeColumn = ParameterOption.List(
        "ExcludeColumn",
        "columns",
        "Columns of the data that are no inputs, such as labels; they may hold text.",
        text => text.Split(',', StringSplitOptions.TrimEntries));

    private readonly ParameterOption<string?> _inputDistribution = ParameterOption.Text(
        "InputDistribution",
        "expression",
        "Draw the batch instead, such as RandomNormal(stddev=1) (default) or Constant(1).");

    /// <summary>How data are standardized.</summary>
    public ParameterOption<Standardization?> Standardize { get; } = ParameterOption.Value(
        "Standardize",
        "how",
        "Bring the data to mean 0 and variance 1: Global (default), PerColumn, or None.",
        Standardizations.Spellings.Parse);

    /// <summary>Rows of a batch.</summary>
    public ParameterOption<int?> BatchSize { get; } = ParameterOption.WholeNumber(
        "BatchSize",
        "Rows of a batch.");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_excludeColumn);
        command.Add(Standardize);
        command.Add(_inputDistribution);
        command.Add(BatchSize);
    }

    /// <summary>The data without the excluded columns, or null where none were given.</summary>
    public DataSet? Read(CommandContext context) => context.Get(_data) is { } path
        ? DataFile.Read(path, context.Get(_excludeColumn), context.CancellationToken)
        : null;

    /// <summary>The law of a drawn batch, or null where none was given.</summary>
    public Initializer? InputDistributionOf(CommandContext context) =>
        context.Get(_inputDistribution) is { } expression ? Initializer.Parse(expression) : null;
}
