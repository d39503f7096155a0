using System.ComponentModel;
using System.Management.Automation;
using InitTools.Analysis;
using InitTools.PowerShell.Binding;
using InitTools.PowerShell.Completion;

namespace InitTools.PowerShell.Commands;

/// <summary>What the cmdlets share that pass a batch through layers: which batch, and the arithmetic.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class BatchCommand : CancellableCommand
{
    /// <summary>
    /// The activation of layers that name none, such as tanh or 'leaky_relu(0.2)'. relu where none is given.
    /// </summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(ActivationCompleter))]
    public string Activation { get; set; } = "relu";

    /// <summary>
    /// A whole number from -2^63 to 2^64-1. The same seed makes the same figures. Where none is given, one is drawn and
    /// reported.
    /// </summary>
    [Parameter]
    [TextTransformation]
    public string Seed { get; set; } = "";

    /// <summary>
    /// Rows to pass through the network: the path of a .csv or .npy file, objects with a property for each column (as
    /// Import-Csv makes them), or lists of numbers. Where none are given, a batch is drawn.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public object? Data { get; set; }

    /// <summary>Columns of the data that are no inputs, such as labels.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string[] ExcludeColumn { get; set; } = [];

    /// <summary>
    /// How the data are brought to mean 0 and variance 1: Global (the default; one mean and one standard deviation for
    /// all columns), PerColumn or None. Constant columns become 0.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(StandardizationCompleter))]
    public string Standardize { get; set; } = nameof(Standardization.Global);

    /// <summary>
    /// Measures with cells of the data that are NaN or infinite; where it is not given, they are counted, the first is
    /// named, and the data are refused.
    /// </summary>
    [Parameter]
    public SwitchParameter AllowNonFinite { get; set; }

    /// <summary>
    /// The law of each entry of a drawn batch, such as 'RandomNormal(stddev=1)', which is the default, or
    /// 'Constant(1)'.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(InitializerCompleter))]
    public string? InputDistribution { get; set; }

    /// <summary>The arithmetic of the passes: Single (the default) or Double.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PrecisionCompleter))]
    public string Precision { get; set; } = nameof(Analysis.Precision.Single);

    private protected Activation ParsedActivation { get; private set; } = null!;

    private protected Seed ParsedSeed { get; private set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        ParsedActivation = Require(() => InitTools.Activation.Parse(Activation));
        ParsedSeed = Require(() => IsGiven(nameof(Seed)) ? InitTools.Seed.Parse(Seed) : InitTools.Seed.Draw());
        if (Data is null && (IsGiven(nameof(ExcludeColumn)) || IsGiven(nameof(Standardize)) || AllowNonFinite))
        {
            ThrowTerminatingError(ErrorRecords.Of(new InitToolsException(
                ErrorId.ParameterConflict,
                "-ExcludeColumn, -Standardize and -AllowNonFinite say how data are read; they need -Data.")));
        }

        WriteVerbose($"Seed {ParsedSeed}{(IsGiven(nameof(Seed)) ? "" : ", drawn")}.");
    }

    private protected DataSet? ReadData() =>
        Data is null ? null : DataArgument.Read(
            this, Data, ExcludeColumn, AllowNonFinite, ParallelOptions.CancellationToken);

    private protected Standardization ReadStandardization() => Standardizations.Spellings.Parse(Standardize);

    private protected Initializer? ReadInputDistribution() =>
        InputDistribution is null ? null : Initializer.Parse(InputDistribution, files: Files);

    private protected Precision ReadPrecision() => Precisions.Spellings.Parse(Precision);
}
