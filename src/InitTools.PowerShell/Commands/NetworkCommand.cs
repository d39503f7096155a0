using System.ComponentModel;
using System.Management.Automation;
using InitTools.Analysis;
using InitTools.Formats;
using InitTools.PowerShell.Binding;
using InitTools.PowerShell.Completion;
using static InitTools.PowerShell.Binding.WrappedValue;

namespace InitTools.PowerShell.Commands;

/// <summary>
/// What the cmdlets share that measure a network: which network, and what is judged of what a batch does in it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class NetworkCommand : BatchCommand
{
    /// <summary>The parameter set of a stack given by its widths.</summary>
    protected const string WidthSet = "Width";

    /// <summary>The parameter set of layers from the pipeline.</summary>
    protected const string InputObjectSet = "InputObject";

    /// <summary>The parameter set of layers in a file.</summary>
    protected const string ArchitectureSet = "Architecture";

    /// <summary>A stack of dense layers: the input width, then one width a layer, such as 784,256,10.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = WidthSet)]
    [TextTransformation]
    public string Width { get; set; } = "";

    /// <summary>
    /// Weight tensors, with their biases, or layers: objects with FanIn and FanOut, or Shape, and, where they say so,
    /// Name, Kind, Activation, Initializer, Skip. All of the pipeline is one stack, first layer first; a bias joins the
    /// weight of its layer by name. docs/architectures.md has the kinds of layers and their properties.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>
    /// A file of layers: a .csv file with a line for each, or a .json file with a list of objects; their columns are
    /// the properties of layers from the pipeline. With weight tensors in the pipeline, these are the weights of its
    /// layers, by name.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ArchitectureSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ValidateNotNullOrEmpty]
    public string Architecture { get; set; } = "";

    /// <summary>
    /// The shape of an example where layers have positions: channels, then positions, such as 3,32,32. A row of data
    /// has all positions of the first channel, then those of the second. A first layer of the kind Input says the same.
    /// </summary>
    [Parameter(ParameterSetName = ArchitectureSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [TextTransformation]
    public string InputShape { get; set; } = "";

    /// <summary>How biases are drawn, such as Zeros. No biases where none is given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(InitializerCompleter))]
    public string? Bias { get; set; }

    /// <summary>
    /// Whose reading of a name holds where frameworks disagree: Keras, JAX or PyTorch. Keras where none is given, and
    /// PyTorch for a name with a trailing underscore, such as kaiming_normal_.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConventionCompleter))]
    public string? Convention { get; set; }

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

    private protected VerdictThresholds Thresholds => new()
    {
        StackFactor = StackFactor,
        LayerFactor = LayerFactor,
        SaturatedFraction = SaturatedFraction,
        DeadRows = DeadRows,
    };

    /// <summary>Parameters that say how weights are made, and that a tensor from the pipeline answers itself.</summary>
    private protected virtual IReadOnlyList<string> WeightParameters => [];

    // In the order of the pipeline: a layer with what was drawn for it, or tensors alone, which make layers.
    private readonly List<(LayerSpec? Spec, IReadOnlyList<WeightTensor> Tensors)> _bound = [];
    private FeatureShape? _givenShape;
    private FeatureShape? _describedShape;

    private LayerBinder Binder { get; set; } = null!;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        RefuseInput(nameof(Width));
        base.BeginProcessing();
        Defaults = Require(() => ReadDefaults(Convention is null ? null : Conventions.Spellings.Parse(Convention)));
        _givenShape = InputShape.Length > 0 ? Require(() => FeatureShape.Parse(InputShape)) : null;
        Binder = new LayerBinder(Defaults, [.. WeightParameters.Where(IsGiven)], inputShape: _givenShape);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // A stack with a layer missing is another network, so that the first error ends the cmdlet.
        if (ParameterSetName == InputObjectSet)
        {
            Require(BindInput, InputObject);
        }
    }

    /// <summary>The parameters that hold for every layer that says nothing of its own.</summary>
    private protected virtual LayerDefaults ReadDefaults(Convention? convention) => new()
    {
        Choice = new InitializerChoice
        {
            Initializer = Initializer.Parse(Initializer.DefaultExpression),
            Bias = Bias is null ? null : Initializer.Parse(Bias, convention, Files),
        },
        Seed = ParsedSeed,
        SeedIsGiven = IsGiven(nameof(Seed)),
        Convention = convention,
        Files = Files,
        Layout = LayoutRule.Choose(null, convention),
    };

    /// <summary>The network of -Width, of -Architecture, or of the pipeline.</summary>
    private protected InitTools.Architecture ReadNetwork()
    {
        switch (ParameterSetName)
        {
            case WidthSet:
                return InitTools.Architecture.FromWidths(Widths.Parse(Width), ParsedActivation);
            case ArchitectureSet:
                return ReadArchitecture(ReadDescription());
            default:
                (IReadOnlyList<LayerTensors> layers, FeatureShape? input) = JoinLayers();
                return new InitTools.Architecture(layers.Select(layer => layer.Spec), input);
        }
    }

    /// <summary>
    /// The layers of the pipeline, in their order, or those of -Architecture with the tensors of the pipeline; and the
    /// shape of an example, or null for the inputs of a first layer that is dense.
    /// </summary>
    private protected (IReadOnlyList<LayerTensors> Layers, FeatureShape? Input) JoinLayers()
    {
        WeightTensor[] tensors = [.. _bound.SelectMany(item => item.Tensors)];
        if (Architecture.Length > 0)
        {
            InitTools.Architecture read = ReadArchitecture(ReadDescription());
            return (LayerTensors.Join(read.Layers, tensors, read.Input), read.Input);
        }

        IEnumerable<LayerSpec> specs = _bound.SelectMany(item => item.Spec is LayerSpec spec
            ? [spec]
            : LayerTensors.SpecsOf(item.Tensors, ParsedActivation));
        FeatureShape? input = _givenShape ?? _describedShape;
        return (LayerTensors.Join(specs, tensors, input), input);
    }

    /// <summary>What the file of -Architecture says.</summary>
    private protected ArchitectureDescription ReadDescription() =>
        ArchitectureFile.Read(ProviderPath.OfExistingFile(this, Architecture));

    private protected InitTools.Architecture ReadArchitecture(ArchitectureDescription description) =>
        description.ReadArchitecture(ParsedActivation, Defaults.Layout, _givenShape);

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

    private bool BindInput()
    {
        LayerDescription? description = LayerBinder.DescriptionOf(InputObject);
        if (description is not null && Architecture.Length > 0)
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"-Architecture says what the layers are, and '{InputObject}' from the pipeline is a layer too; with "
                + "-Architecture the pipeline has weight tensors.",
                InputObject);
        }

        WeightTensor[] tensors = [.. Binder.Bind(InputObject).Select(chosen => chosen.Tensor)];
        if (description?.IsInput == true)
        {
            _describedShape = _bound.Count == 0
                ? description.ReadInputShape()
                : throw new InitToolsException(
                    ErrorId.LayerMismatch,
                    $"Layer {_bound.Count + 1} of the pipeline is of the kind Input, which stands first.",
                    InputObject);
            return true;
        }

        _bound.Add((description?.ReadSpec(Binder.Count, ParsedActivation, Defaults.Layout), tensors));
        return true;
    }

    private static object? PlainValue(object? value) => value switch
    {
        SwitchParameter given => given.IsPresent,
        _ => Unwrap(value),
    };
}
