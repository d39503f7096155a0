using System.ComponentModel;
using System.Management.Automation;
using InitTools.Analysis;
using InitTools.PowerShell.Binding;
using InitTools.PowerShell.Completion;

namespace InitTools.PowerShell.Commands;

/// <summary>
/// What the cmdlets share that pass a batch through a network: which network, which batch, what is judged.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class NetworkCommand : CancellableCommand
{
    /// <summary>The parameter set of a stack given by its widths.</summary>
    protected const string WidthSet = "Width";

    /// <summary>The parameter set of layers from the pipeline.</summary>
    protected const string InputObjectSet = "InputObject";

    /// <summary>A stack of dense layers: the input width, then one width a layer, such as 784,256,10.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = WidthSet)]
    [TextTransformation]
    public string Width { get; set; } = "";

    /// <summary>
    /// Weight tensors, with their biases, or layers: objects with FanIn and FanOut, or Shape, and, where they say so,
    /// Name, Activation, Initializer. All of the pipeline is one stack, first layer first; a bias joins the weight of
    /// its layer by name.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>
    /// The activation of layers that name none, such as tanh or 'leaky_relu(0.2)'. relu where none is given.
    /// </summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(ActivationCompleter))]
    public string Activation { get; set; } = "relu";

    /// <summary>How biases are drawn, such as Zeros. No biases where none is given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(InitializerCompleter))]
    public string? Bias { get; set; }

    /// <summary>
    /// A whole number from -2^63 to 2^64-1. The same seed makes the same figures. Where none is given, one is drawn and
    /// reported.
    /// </summary>
    [Parameter]
    [TextTransformation]
    public string Seed { get; set; } = "";

    /// <summary>
    /// Whose reading of a name holds where frameworks disagree: Keras, JAX or PyTorch. Keras where none is given, and
    /// PyTorch for a name with a trailing underscore, such as kaiming_normal_.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConventionCompleter))]
    public string? Convention { get; set; }

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

    /// <summary>
    /// The factor, over the whole stack, beyond which second moment or gradient variance vanish or explode. 100 where
    /// none is given.
    /// </summary>
    [Parameter]
    [NumberTransformation]
    public double StackFactor { get; set; } = VerdictThresholds.Default.StackFactor;

    /// <summary>The mean factor per layer beyond which they vanish or explode. 10 where none is given.</summary>
    [Parameter]
    [NumberTransformation]
    public double LayerFactor { get; set; } = VerdictThresholds.Default.LayerFactor;

    /// <summary>The share of a bounded layer's entries above which it is saturated. 0.5 where none is given.</summary>
    [Parameter]
    [NumberTransformation]
    public double SaturatedFraction { get; set; } = VerdictThresholds.Default.SaturatedFraction;

    /// <summary>The smallest batch, in rows, on which a layer can be dead. 2 where none is given.</summary>
    [Parameter]
    [WholeNumberTransformation]
    public int DeadRows { get; set; } = VerdictThresholds.Default.DeadRows;

    private protected LayerDefaults Defaults { get; private set; } = null!;

    private protected Activation ParsedActivation { get; private set; } = null!;

    private protected VerdictThresholds Thresholds => new()
    {
        StackFactor = StackFactor,
        LayerFactor = LayerFactor,
        SaturatedFraction = SaturatedFraction,
        DeadRows = DeadRows,
    };

    /// <summary>Parameters that say how weights are made, and that a tensor from the pipeline answers itself.</summary>
    private protected virtual IReadOnlyList<string> WeightParameters => [];

    private List<WeightTensor> Tensors { get; } = [];

    private LayerBinder Binder { get; set; } = null!;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        ParsedActivation = Require(() => InitTools.Activation.Parse(Activation));
        Defaults = Require(() => ReadDefaults(Convention is null ? null : Conventions.Spellings.Parse(Convention)));
        Binder = new LayerBinder(Defaults, [.. WeightParameters.Where(IsGiven)]);
        if (Data is null && (IsGiven(nameof(ExcludeColumn)) || IsGiven(nameof(Standardize))))
        {
            ThrowTerminatingError(ErrorRecords.Of(new InitToolsException(
                ErrorId.ParameterConflict,
                "-ExcludeColumn and -Standardize say how data are read; they need -Data.")));
        }

        WriteVerbose($"Seed {Defaults.Seed}{(Defaults.SeedIsGiven ? "" : ", drawn")}.");
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // A stack with a layer missing is another network, so that the first error ends the cmdlet.
        if (ParameterSetName == InputObjectSet)
        {
            Tensors.AddRange(Require(() => Binder.Bind(InputObject), InputObject).Select(chosen => chosen.Tensor));
        }
    }

    /// <summary>The parameters that hold for every layer that says nothing of its own.</summary>
    private protected virtual LayerDefaults ReadDefaults(Convention? convention) => new()
    {
        Choice = new InitializerChoice
        {
            Initializer = Initializer.Parse("GlorotUniform"),
            Bias = Bias is null ? null : Initializer.Parse(Bias, convention),
        },
        Seed = IsGiven(nameof(Seed)) ? InitTools.Seed.Parse(Seed) : InitTools.Seed.Draw(),
        SeedIsGiven = IsGiven(nameof(Seed)),
        Convention = convention,
        Layout = LayoutRule.Choose(null, convention),
    };

    /// <summary>The layers of the pipeline, in their order.</summary>
    private protected IReadOnlyList<LayerTensors> JoinLayers() => LayerTensors.Join(Tensors, ParsedActivation);

    /// <summary>The stack of -Width.</summary>
    private protected Architecture ReadStack() => Architecture.FromWidths(Widths.Parse(Width), ParsedActivation);

    private protected DataSet? ReadData() =>
        Data is null ? null : DataArgument.Read(this, Data, ExcludeColumn, ParallelOptions.CancellationToken);

    private protected Standardization ReadStandardization() => Standardizations.Spellings.Parse(Standardize);

    private protected Initializer? ReadInputDistribution() =>
        InputDistribution is null ? null : Initializer.Parse(InputDistribution);

    private protected Precision ReadPrecision() => Precisions.Spellings.Parse(Precision);

    /// <summary>The line that makes the same call: what was given, and the seed where it was drawn.</summary>
    private protected string ComposeCommand()
    {
        // No result depends on the number of threads; common parameters are no properties of the cmdlet.
        string[] left = [nameof(InputObject), nameof(ThrottleLimit), nameof(Seed)];
        IEnumerable<KeyValuePair<string, object?>> given = MyInvocation.BoundParameters
            .Where(parameter => !left.Contains(parameter.Key) && GetType().GetProperty(parameter.Key) is not null)
            .Select(parameter => KeyValuePair.Create<string, object?>(parameter.Key, PlainValue(parameter.Value)));
        string call = PowerShellLine.Of(
            MyInvocation.MyCommand.Name,
            [.. given, KeyValuePair.Create<string, object?>(nameof(Seed), Defaults.Seed.ToString())]);
        return ParameterSetName == InputObjectSet ? $"$layers | {call}" : call;
    }

    private static object? PlainValue(object? value) => value switch
    {
        SwitchParameter given => given.IsPresent,
        PSObject wrapped => wrapped.BaseObject,
        _ => value,
    };
}
