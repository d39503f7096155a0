using System.Globalization;
using System.Management.Automation;
using InitTools.Analysis;
using InitTools.PowerShell.Binding;

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
    /// Weight tensors with their biases, or recipes of them (objects with Seed, Stream and Version). All of the pipeline
    /// is one stack, first layer first; a bias joins the weight of its layer by name and stays as it is.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

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
            WriteObject(layer.Tensors.Weight);
            if (layer.Tensors.Bias is WeightTensor bias)
            {
                WriteObject(bias);
            }
        }
    }

    private UnitVarianceOptions ReadOptions() => new()
    {
        Layers = LayerTensors.Join(_tensors, ParsedActivation),
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
