using System.Globalization;
using System.Management.Automation;
using InitTools.Analysis;
using InitTools.Formats;
using InitTools.PowerShell.Binding;
using InitTools.PowerShell.Completion;

namespace InitTools.PowerShell.Commands;

/// <summary>
/// Rescales weights on a batch of data, layer by layer, until the outputs of every layer have the standard deviation 1:
/// layer-sequential unit-variance initialization (LSUV).
/// </summary>
[Cmdlet(VerbsCommon.Optimize, "InitWeights")]
[OutputType(typeof(WeightTensor))]
public sealed class OptimizeInitWeightsCommand : BatchCommand
{
    private readonly List<WeightTensor> _tensors = [];

    /// <summary>
    /// Weight tensors with their biases, or recipes of them (objects with Seed, Stream and Version). All of the
    /// pipeline is one stack, first layer first; a bias joins the weight of its layer by name and stays as it is.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>
    /// A file of layers whose weights the tensors are, by name: a .csv file with a line for each, or a .json file with
    /// a list of objects. Without it, weights of rank 2 are dense layers and others are convolutions of stride 1.
    /// docs/architectures.md has the kinds of layers and their properties.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Architecture { get; set; } = "";

    /// <summary>
    /// The shape of an example where layers have positions: channels, then positions, such as 3,32,32. A row of data
    /// has all positions of the first channel, then those of the second. A first layer of the kind Input in
    /// -Architecture says the same.
    /// </summary>
    [Parameter]
    [TextTransformation]
    public string InputShape { get; set; } = "";

    /// <summary>
    /// Which axes of the shapes in -Architecture are inputs and outputs: IO (in, out) as in Keras and JAX, or OI (out,
    /// in) as in PyTorch. Tensors say so themselves.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayoutCompleter))]
    public string? Layout { get; set; }

    /// <summary>
    /// Rows of the batch: fewer than the data have are chosen by the seed. All of the data, or 256 drawn rows, where
    /// none is given.
    /// </summary>
    [Parameter]
    [WholeNumberTransformation]
    public int? BatchSize { get; set; }

    /// <summary>
    /// Replaces the weights by orthonormal ones before they are rescaled, as its authors do. A tensor keeps its seed;
    /// imported values have none, and take that of -Seed.
    /// </summary>
    [Parameter]
    public SwitchParameter Orthonormal { get; set; }

    /// <summary>How far from 1 a layer's standard deviation may stay. 0.001 where none is given.</summary>
    [Parameter]
    [NumberTransformation]
    public double Tolerance { get; set; } = UnitVarianceOptions.DefaultTolerance;

    /// <summary>
    /// How often one layer may be rescaled; once is enough but for weights of few bits. 10 where none is given.
    /// </summary>
    [Parameter]
    [WholeNumberTransformation]
    public int AttemptLimit { get; set; } = UnitVarianceOptions.DefaultAttempts;

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        _tensors.Add(Require(() => TensorRecipe.Of(InputObject, Files), InputObject));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        UnitVarianceOptions options = Require(() => StopWhenCancelled(ReadOptions));
        foreach (UnitVarianceLayer layer in Run(
            "Rescaling layers", progress => UnitVariance.Optimize(options with { Progress = progress })))
        {
            WriteVerbose(string.Create(
                CultureInfo.InvariantCulture,
                $"{layer.Tensors.Name}: standard deviation {layer.InitialStandardDeviation:G6}, rescaled "
                + $"{layer.Rescales} times, {layer.StandardDeviation:G9}."));
            WriteObject(layer.Tensors.Parameters, enumerateCollection: true);
        }
    }

    private UnitVarianceOptions ReadOptions()
    {
        FeatureShape? input = InputShape.Length > 0 ? FeatureShape.Parse(InputShape) : null;
        if (Architecture.Length == 0)
        {
            return ReadOptions(LayerTensors.Join(_tensors, ParsedActivation, input), input);
        }

        InitTools.Architecture network = ArchitectureFile.Read(ProviderPath.OfExistingFile(this, Architecture))
            .ReadArchitecture(ParsedActivation, LayoutRule.Choose(Layout, null), input);
        return ReadOptions(LayerTensors.Join(network.Layers, _tensors, network.Input), network.Input);
    }

    private UnitVarianceOptions ReadOptions(IReadOnlyList<LayerTensors> layers, FeatureShape? input) => new()
    {
        Layers = layers,
        InputShape = input,
        Data = ReadData(),
        InputDistribution = ReadInputDistribution(),
        Standardization = ReadStandardization(),
        BatchSize = BatchSize,
        IsOrthonormal = Orthonormal,
        Tolerance = Tolerance,
        Attempts = AttemptLimit,
        Precision = ReadPrecision(),
        Seed = ParsedSeed,
        ParallelOptions = ParallelOptions,
    };
}
