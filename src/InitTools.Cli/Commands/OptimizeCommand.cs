using InitTools.Analysis;

namespace InitTools.Cli;

/// <summary>The weights of a file, rescaled on a batch of data: Optimize-InitWeights.</summary>
internal sealed class OptimizeCommand : ToolCommand
{
    private readonly NetworkOptions _network = new();
    private readonly ExportOptions _export = new();
    private readonly ImportOptions _import = new(
        "--path", "The file of the weights: <layer>.weight and <layer>.bias, first layer first.");

    private readonly ParameterOption<int?> _batchSize = ParameterOption.WholeNumber(
        "BatchSize",
        "Rows of the batch; fewer than the data have are chosen by the seed. Default: all of the data, or 256 " +
        "drawn rows.");

    private readonly ParameterOption<bool> _orthonormal = ParameterOption.Switch(
        "Orthonormal", "Replace the weights by orthonormal ones before they are rescaled, as its authors do.");

    private readonly ParameterOption<double?> _tolerance = ParameterOption.Number(
        "Tolerance", "How far from 1 a layer's standard deviation may stay. Default: 0.001.");

    private readonly ParameterOption<int?> _attemptLimit = ParameterOption.WholeNumber(
        "AttemptLimit",
        "How often one layer may be rescaled; once is enough but for weights of few bits. Default: 10.");

    public OptimizeCommand()
        : base(
            "optimize",
            "Optimize-InitWeights",
            "Rescale the weights of a file on a batch of data, layer by layer, until the outputs of every layer have " +
            "the standard deviation 1 (LSUV), and with --to write them.")
    {
        _import.AddTo(this);
        _network.AddPassTo(this);
        Add(_batchSize);
        Add(_orthonormal);
        Add(_tolerance);
        Add(_attemptLimit);
        _export.AddTo(this);
    }

    public override void Run(CommandContext context)
    {
        _export.Validate(context);
        IReadOnlyList<WeightTensor> weights = _import.Require(context);
        NetworkArguments network = _network.Read(context);
        (IReadOnlyList<LayerTensors> tensors, FeatureShape? input) =
            network.JoinWeights(weights, LayoutRule.Choose(_import.LayoutOf(context), null));
        var options = new UnitVarianceOptions
        {
            Layers = tensors,
            InputShape = input,
            Data = network.Data,
            InputDistribution = network.InputDistribution,
            Standardization = network.Standardization,
            BatchSize = context.Get(_batchSize),
            IsOrthonormal = context.Get(_orthonormal),
            Tolerance = context.Get(_tolerance) ?? UnitVarianceOptions.DefaultTolerance,
            Attempts = context.Get(_attemptLimit) ?? UnitVarianceOptions.DefaultAttempts,
            Precision = network.Precision,
            Seed = network.Seed,
            ParallelOptions = network.ParallelOptions,
        };
        IReadOnlyList<UnitVarianceLayer> layers = context.Work(
            "Rescaling layers", progress => UnitVariance.Optimize(options with { Progress = progress }));
        context.Write(_export.Write(
            context,
            [.. layers.SelectMany(layer => layer.Tensors.Parameters)],
            network.ParallelOptions));
    }
}
