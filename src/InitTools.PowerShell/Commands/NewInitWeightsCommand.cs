using System.Globalization;
using System.Management.Automation;
using InitTools.Kernels;
using InitTools.PowerShell.Binding;
using InitTools.PowerShell.Completion;

namespace InitTools.PowerShell.Commands;

/// <summary>
/// Makes the initial weights of a layer, of a stack or of every layer in the pipeline. A weight tensor is a recipe: the
/// same recipe makes the same bytes on every machine, and values are made when they are asked for.
/// </summary>
[Cmdlet(VerbsCommon.New, "InitWeights", DefaultParameterSetName = ShapeSet)]
[OutputType(typeof(WeightTensor), typeof(WeightPlan))]
public sealed class NewInitWeightsCommand : StoppableCommand
{
    private const string ShapeSet = "Shape";
    private const string WidthSet = "Width";
    private const string InputObjectSet = "InputObject";
    private const string ModuleSet = "Module";

    // A recipe says all of these itself.
    private static readonly string[] s_recipeParameters =
    [
        nameof(Seed), nameof(Generator),
        nameof(Initializer), nameof(Map), nameof(Parameterization), nameof(Bias), nameof(Activation), nameof(Layout),
        nameof(Convention), nameof(DType), nameof(Gain), nameof(Scale), nameof(Mode), nameof(Distribution),
        nameof(Mean), nameof(StdDev), nameof(Minimum), nameof(Maximum), nameof(Value), nameof(NegativeSlope),
    ];

    // A module says these itself.
    private static readonly string[] s_initializerParameters =
    [
        nameof(Initializer), nameof(Map), nameof(Parameterization), nameof(Bias), nameof(Layout), nameof(Convention),
        nameof(Gain), nameof(Scale), nameof(Mode), nameof(Distribution), nameof(Mean), nameof(StdDev),
        nameof(Minimum), nameof(Maximum), nameof(Value), nameof(NegativeSlope),
    ];

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private LayerDefaults _defaults = null!;
    private LayerBinder _binder = null!;

    /// <summary>
    /// The dimensions of one tensor: 784,256 or '784x256'. A list of four numbers is one tensor of rank 4, not a stack;
    /// for a stack give -Width.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ShapeSet)]
    [TextTransformation]
    public string Shape { get; set; } = "";

    /// <summary>
    /// How weights are drawn: a name in any framework's spelling, or an expression in quotes such as
    /// 'RandomNormal(stddev=0.01)', or "FromFile('weights.npz', 'fc1.weight')" for the values of a file. GlorotUniform,
    /// the default of Keras, where none is given. A layer's own holds for it.
    /// </summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(InitializerCompleter))]
    public string Initializer { get; set; } = InitTools.Initializer.DefaultExpression;

    /// <summary>
    /// Which initializer each tensor gets, by patterns over the tensors' names, biases among them: [ordered] @{
    /// '*.bias' = 'Zeros'; 'conv*' = 'HeNormal'; '*' = 'GlorotUniform' }, or a list of pairs, or of texts such as
    /// 'conv*=HeNormal'. The first pattern that matches wins; a plain hashtable, which has no order, is accepted where
    /// no tensor matches two. A layer has a bias where a pattern is meant for it. A tensor that no pattern matches gets
    /// -Initializer where that is given, and is an error otherwise. Normalizations have ones and zeros unless a pattern
    /// names their layer, as norm* does and * does not.
    /// </summary>
    [Parameter]
    public object? Map { get; set; }

    /// <summary>
    /// A rule for the whole network, which gives every tensor its initializer: a framework's layer defaults, such as
    /// TorchLinear, or 'GPT2(layers=12)', 'DeepNorm(decoder=24)', Fixup, 'MuP(base=256)'. Layers get biases where the
    /// rule has them. It goes with -Map, whose patterns hold for the tensors that they match.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ParameterizationCompleter))]
    public string? Parameterization { get; set; }

    /// <summary>
    /// Gives the plan of every tensor instead of the tensor: shape, fans, variance, standard deviation, limit and
    /// bytes, and the multipliers of -Parameterization. Nothing is made.
    /// </summary>
    [Parameter]
    public SwitchParameter Plan { get; set; }

    /// <summary>A stack: the input width, then one width a layer, such as 784,256,10.</summary>
    [Parameter(Mandatory = true, ParameterSetName = WidthSet)]
    [TextTransformation]
    public string Width { get; set; } = "";

    /// <summary>
    /// Modules of PyTorch as their constructor calls, in their order: 'Linear(784, 256)','ReLU','Linear(256, 10)'. Each
    /// gives its parameters, biases among them, with PyTorch's default initialization. With -Generator PyTorch these
    /// are the very numbers of PyTorch.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ModuleSet)]
    [TextTransformation]
    [ArgumentCompleter(typeof(ModuleCompleter))]
    public string Module { get; set; } = "";

    /// <summary>
    /// A layer: an object, a row of Import-Csv or a hashtable with Shape, or FanIn and FanOut, and, where it says so,
    /// Name, Activation, Initializer, Bias, Layout, DType, Seed, Stream, Offset, Count. An object with Seed, Stream and
    /// Version is a recipe, such as a weight tensor that was written to a file, and is taken as it is; a tensor of
    /// imported values is a layer, and is drawn anew.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>
    /// A whole number from -2^63 to 2^64-1. The same seed makes the same weights. Where none is given, one is drawn and
    /// reported.
    /// </summary>
    [Parameter]
    [TextTransformation]
    public string Seed { get; set; } = "";

    /// <summary>
    /// Where random numbers come from: Philox4x32-10 where none is given; PyTorch for the numbers that
    /// torch.manual_seed and torch.nn.init give on a CPU; NumPy for those of numpy.random.default_rng. The latter two
    /// draw one tensor after the other, in the order of the pipeline; -Stream, -Offset and -Count do not apply.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(GeneratorCompleter))]
    public string? Generator { get; set; }

    /// <summary>
    /// The tensor's name, from which its random stream derives: fc1 makes fc1.weight (and fc1.bias), a name with a dot
    /// is kept. layer1 where none is given.
    /// </summary>
    [Parameter(ParameterSetName = ShapeSet)]
    [ValidatePattern(@"\S")]
    public string? Name { get; set; }

    /// <summary>
    /// A text that stands for the name in the random stream, so that a renamed tensor keeps its values.
    /// </summary>
    [Parameter(ParameterSetName = ShapeSet)]
    [ValidatePattern(@"\S")]
    public string? Stream { get; set; }

    /// <summary>
    /// How biases are drawn, such as Zeros; each tensor is then followed by its bias. No biases where none is given.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(InitializerCompleter))]
    public string? Bias { get; set; }

    /// <summary>The activation behind the layer. It travels with the tensor and draws no number.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ActivationCompleter))]
    public string? Activation { get; set; }

    /// <summary>
    /// Which axes are inputs and outputs: IO (..., in, out) as in Keras and JAX, or OI (out, in, ...) as in PyTorch.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayoutCompleter))]
    public string? Layout { get; set; }

    /// <summary>
    /// Whose reading of a name holds where frameworks disagree: Keras, JAX or PyTorch. Keras where none is given, and
    /// PyTorch for a name with a trailing underscore, such as kaiming_normal_.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConventionCompleter))]
    public string? Convention { get; set; }

    /// <summary>The type of the elements: Float16, BFloat16, Float32 (the default) or Float64.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DTypeCompleter))]
    public string? DType { get; set; }

    /// <summary>Connections into one output unit, where the shape does not say; needs -FanOut.</summary>
    [Parameter(ParameterSetName = ShapeSet)]
    [WholeNumberTransformation]
    public long? FanIn { get; set; }

    /// <summary>Connections out of one input unit, where the shape does not say; needs -FanIn.</summary>
    [Parameter(ParameterSetName = ShapeSet)]
    [WholeNumberTransformation]
    public long? FanOut { get; set; }

    /// <summary>
    /// The groups of a grouped convolution, whose kernel has the inputs of one group: fan_out is then that of one group
    /// as well. A depthwise kernel of PyTorch or Flax has as many groups as channels.
    /// </summary>
    [Parameter(ParameterSetName = ShapeSet)]
    [WholeNumberTransformation]
    public long? Groups { get; set; }

    /// <summary>
    /// The kernel is (kernel..., channels, multiplier), as Keras stores those of depthwise convolutions.
    /// </summary>
    [Parameter(ParameterSetName = ShapeSet)]
    public SwitchParameter Depthwise { get; set; }

    /// <summary>
    /// The kernel is that of a transposed convolution: (kernel..., out, in) in layout IO, (in, out, kernel...) in OI.
    /// </summary>
    [Parameter(ParameterSetName = ShapeSet)]
    public SwitchParameter Transposed { get; set; }

    /// <summary>
    /// The axes of the inputs, from 0 or, negative, from the end, such as 0 for an attention kernel (dim, heads, size)
    /// with -OutputAxis 1,2. Axes that are not named multiply both fans, as in JAX; with -Convention Keras none.
    /// </summary>
    [Parameter(ParameterSetName = ShapeSet)]
    [TextTransformation]
    public string? InputAxis { get; set; }

    /// <summary>The axes of the outputs, likewise.</summary>
    [Parameter(ParameterSetName = ShapeSet)]
    [TextTransformation]
    public string? OutputAxis { get; set; }

    /// <summary>
    /// Axes along which kernels stand side by side, such as those of experts: they multiply neither fan.
    /// </summary>
    [Parameter(ParameterSetName = ShapeSet)]
    [TextTransformation]
    public string? BatchAxis { get; set; }

    /// <summary>The first element of a slice, in row-major order, from 0.</summary>
    [Parameter(ParameterSetName = ShapeSet)]
    [WholeNumberTransformation]
    public long Offset { get; set; }

    /// <summary>The number of elements of a slice; all from -Offset on where none is given.</summary>
    [Parameter(ParameterSetName = ShapeSet)]
    [WholeNumberTransformation]
    public long? Count { get; set; }

    /// <summary>
    /// The expression's gain: a number, or an activation whose gain it is, such as relu; also 'backward(tanh)', the
    /// gain that keeps gradients, and 'pytorch(tanh)', that of PyTorch's table.
    /// </summary>
    [Parameter]
    [TextTransformation]
    [ArgumentCompleter(typeof(ActivationCompleter))]
    public string? Gain { get; set; }

    /// <summary>The scale of VarianceScaling: the variance is scale / n.</summary>
    [Parameter]
    [NumberTransformation]
    public double? Scale { get; set; }

    /// <summary>What n is in scale / n: fan_in, fan_out, fan_avg or fan_geo_avg.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FanModeCompleter))]
    public string? Mode { get; set; }

    /// <summary>The law of scaled weights: uniform, normal or truncated_normal.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DistributionCompleter))]
    public string? Distribution { get; set; }

    /// <summary>The mean of a normal law.</summary>
    [Parameter]
    [NumberTransformation]
    public double? Mean { get; set; }

    /// <summary>The standard deviation of a normal law, before truncation where it is truncated.</summary>
    [Parameter]
    [NumberTransformation]
    public double? StdDev { get; set; }

    /// <summary>The lower bound of a uniform or truncated law.</summary>
    [Parameter]
    [NumberTransformation]
    public double? Minimum { get; set; }

    /// <summary>The upper bound of a uniform or truncated law.</summary>
    [Parameter]
    [NumberTransformation]
    public double? Maximum { get; set; }

    /// <summary>The value of Constant.</summary>
    [Parameter]
    [NumberTransformation]
    public double? Value { get; set; }

    /// <summary>
    /// The slope of leaky_relu for negative inputs, which PyTorch's kaiming_normal_ and kaiming_uniform_ take; other
    /// scaled weights take the gain leaky_relu(0.2).
    /// </summary>
    [Parameter]
    [NumberTransformation]
    public double? NegativeSlope { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        RefuseInput(nameof(Shape), nameof(Width), nameof(Module));
        _defaults = Require(ReadDefaults);
        _binder = new LayerBinder(_defaults, [.. s_recipeParameters.Where(IsGiven)], drawsImported: true);
        WriteVerbose(string.Create(
            CultureInfo.InvariantCulture,
            $"Kernel {Require(() => KernelSelection.SelectedName)}, up to {Environment.ProcessorCount} threads when " +
            $"values are made."));
        WriteVerbose($"Seed {_defaults.Seed}{(_defaults.SeedIsGiven ? "" : ", drawn")}.");
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (TryMake<IReadOnlyList<ChosenTensor>>(
            () => StopWhenCancelled(BindLayers), InputObject, out IReadOnlyList<ChosenTensor>? tensors))
        {
            Write(tensors);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        Write(Require(() => StopWhenCancelled(_binder.Complete), Parameterization));

    private void Write(IReadOnlyList<ChosenTensor> tensors)
    {
        foreach (ChosenTensor chosen in tensors)
        {
            Describe(chosen.Tensor);
            WriteObject(Plan ? new WeightPlan(chosen) : chosen.Tensor);
        }
    }

    private IReadOnlyList<ChosenTensor> BindLayers() => ParameterSetName switch
    {
        WidthSet => BindStack(),
        InputObjectSet => _binder.Bind(InputObject),
        ModuleSet => [.. ExpressionParser.SplitList(Module).SelectMany(_binder.BindModule)],
        _ => _binder.Bind(TensorShape.Parse(Shape), Name, options => options with
        {
            Stream = Stream,
            Fans = ReadFans().Of(options.Shape, options.Layout),
            Offset = Offset,
            Count = Count,
        }),
    };

    private IReadOnlyList<ChosenTensor> BindStack()
    {
        var stack = Architecture.FromWidths(
            Widths.Parse(Width),
            _defaults.Activation ?? InitTools.Activation.Parse("linear"));
        return [.. stack.Layers.SelectMany(layer =>
            _binder.Bind(DenseShape.Of(layer.FanIn, layer.FanOut, _defaults.Layout)))];
    }

    private FanOptions ReadFans() => new()
    {
        FanIn = FanIn,
        FanOut = FanOut,
        Groups = Groups,
        IsDepthwise = Depthwise,
        IsTransposed = Transposed,
        InputAxis = FanOptions.ParseAxes(InputAxis),
        OutputAxis = FanOptions.ParseAxes(OutputAxis),
        BatchAxis = FanOptions.ParseAxes(BatchAxis),
        Convention = _defaults.Convention,
    };

    private LayerDefaults ReadDefaults()
    {
        if (ParameterSetName == ModuleSet && s_initializerParameters.FirstOrDefault(IsGiven) is string parameter)
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"-{parameter} was given with -Module; a module says itself how its parameters are drawn.",
                parameter);
        }

        RandomGenerator generator = Generator is null ? default : RandomGenerators.Spellings.Parse(Generator);
        Convention? convention = Convention is null
            ? RandomGenerators.ConventionOf(generator)
            : Conventions.Spellings.Parse(Convention);
        return new LayerDefaults
        {
            Choice = ReadChoice(convention),
            IsPlan = Plan,
            Seed = IsGiven(nameof(Seed)) ? InitTools.Seed.Parse(Seed) : InitTools.Seed.Draw(),
            Generator = generator,
            Cancellation = Cancellation,
            SeedIsGiven = IsGiven(nameof(Seed)),
            Layout = LayoutRule.Choose(Layout, convention, ParameterSetName == ShapeSet ? Initializer : null),
            DType = DType is null ? InitTools.DType.Float32 : DTypes.Spellings.Parse(DType),
            Convention = convention,
            Files = Files,
            Activation = Activation is null ? null : InitTools.Activation.Parse(Activation),
        };
    }

    private InitializerChoice ReadChoice(Convention? convention)
    {
        KeyValuePair<string, string>[] shorthand = [.. ReadShorthand()];
        bool isGiven = IsGiven(nameof(Initializer)) || shorthand.Length > 0;
        Initializer initializer = InitializerShorthand.Parse(Initializer, shorthand, convention, Files);
        return InitializerChoice.Of(
            isGiven ? initializer : null,
            initializer,
            Bias is null ? null : InitTools.Initializer.Parse(Bias, convention, Files),
            Map is null ? null : MapArgument.Read(Map, convention, Files),
            Parameterization);
    }

    private IEnumerable<KeyValuePair<string, string>> ReadShorthand()
    {
        foreach (string name in InitializerShorthand.Names)
        {
            string parameter = name.Replace("_", "", StringComparison.Ordinal);
            if (MyInvocation.BoundParameters.TryGetValue(parameter, out object? value))
            {
                yield return KeyValuePair.Create(name, InvariantText.Of(value) ?? "");
            }
        }
    }

    private void Describe(WeightTensor tensor)
    {
        if (!_names.Add(tensor.Name))
        {
            WriteWarning(
                $"Two tensors of this pipeline are called '{tensor.Name}'; with the same seed they are equal.");
        }

        string draws = tensor.DrawOffset is long offset
            ? string.Create(CultureInfo.InvariantCulture, $"{tensor.Generator} from draw {offset}")
            : $"stream '{tensor.Stream}'";
        string fans = tensor.FanIn is null
            ? "no fans"
            : $"fan_in {tensor.FanIn}, fan_out {tensor.FanOut} ({tensor.FanRule})";
        WriteVerbose(string.Create(
            CultureInfo.InvariantCulture,
            $"{tensor.Name}: one tensor of rank {tensor.GetShape().Rank}, {tensor.Shape} ({tensor.Layout}, " +
            $"{tensor.DType}), {fans}, {tensor.Initializer}, seed {tensor.Seed}, {draws}."));
        if (tensor.GetActivation()?.DepthWarning is string warning)
        {
            WriteVerbose(warning);
        }
    }
}
