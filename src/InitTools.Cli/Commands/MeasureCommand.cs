using InitTools.Analysis;
using InitTools.Formats;

namespace InitTools.Cli;

/// <summary>A batch through a stack of layers, forwards and backwards: Measure-LayerVariance.</summary>
internal sealed class MeasureCommand : ToolCommand
{
    private readonly NetworkOptions _network = new();
    private readonly ReportOptions _report = new();
    private readonly ChartOptions _chart = new();
    private readonly ImportOptions _import = new(
        "--path", "Weights from this file instead of --width: <layer>.weight and <layer>.bias, first layer first.");

    private readonly ParameterOption<string?> _initializer = ParameterOption.Text(
        "Initializer",
        "expression",
        "How weights are drawn, such as HeNormal or RandomNormal(stddev=0.01). Default: GlorotUniform.");

    private readonly ParameterOption<DType?> _dtype = CommonOptions.DType();
    private readonly ParameterOption<int?> _batchSize = ParameterOption.WholeNumber(
        "BatchSize",
        "Rows of the batch; fewer than the data have are chosen by the seed. Default: all of the data, or 256 " +
        "drawn rows.");

    private readonly ParameterOption<string?> _outputGradient = ParameterOption.Text(
        "OutputGradient",
        "path",
        "A .csv or .npy file with the gradient with respect to the output of the last layer, after its activation: " +
        "a row for each row of the batch. Default: drawn from N(0, 1).");

    private readonly ParameterOption<double?> _learningRate = ParameterOption.Number(
        "LearningRate",
        "A rate of gradient descent, for which the size of its first step over that of the weights is reported.");

    private readonly ParameterOption<int?> _seedCount = ParameterOption.WholeNumber(
        "SeedCount",
        "How many networks are drawn, 5 or more, to score how far layers depart from theory. Default: 1, and " +
        "no scores.");

    private readonly ParameterOption<bool> _spectrum = ParameterOption.Switch(
        "Spectrum",
        "Instead of the layers: the singular values of the input-output Jacobian at the first row of the batch, " +
        "beside what theory predicts for Gaussian and for orthogonal weights.");

    public MeasureCommand()
        : base(
            "measure",
            "Measure-LayerVariance",
            "Pass a batch through a stack of layers, forwards and backwards: one line per layer, with verdict and " +
            "reason.")
    {
        _network.AddNetworkTo(this);
        _import.AddTo(this);
        Add(_initializer);
        Add(_dtype);
        _network.AddBatchTo(this);
        Add(_batchSize);
        Add(_outputGradient);
        Add(_learningRate);
        Add(_seedCount);
        Add(_spectrum);
        _network.AddJudgementTo(this);
        _report.AddTo(this);
        _chart.AddTo(this);
    }

    public override void Run(CommandContext context)
    {
        _report.Validate(context);
        LayerChartOptions? chart = _chart.Read(context);
        NetworkArguments network = _network.Read(context);
        (IReadOnlyList<LayerTensors> tensors, FeatureShape? input) = ReadLayers(context, network);
        var options = new LayerVarianceOptions
        {
            Layers = tensors,
            InputShape = input,
            Data = network.Data,
            InputDistribution = network.InputDistribution,
            Standardization = network.Standardization,
            BatchSize = context.Get(_batchSize),
            OutputGradient = context.Get(_outputGradient) is { } path
                ? DataFile.Read(path, cancellationToken: context.CancellationToken)
                : null,
            LearningRate = context.Get(_learningRate),
            SeedCount = context.Get(_seedCount) ?? 1,
            Precision = network.Precision,
            Seed = network.Seed,
            Thresholds = network.Thresholds,
            Command = _import.ComposeCommand(context, this, network.Seed),
            ParallelOptions = network.ParallelOptions,
        };
        if (context.Get(_spectrum))
        {
            _report.Refuse(context, _spectrum.Name);
            context.Write<JacobianSpectrum>(
            [
                context.Work(
                    "Measuring the Jacobian",
                    progress => JacobianMeasurement.Measure(options with { Progress = progress })),
            ]);
            return;
        }

        IReadOnlyList<LayerVariance> layers = context.Work(
            "Measuring layers",
            progress => LayerVarianceMeasurement.Measure(options with { Progress = progress }));
        _report.Write(context, layers);
        context.Write(layers);
        context.Draw(layers, chart);
    }

    private (IReadOnlyList<LayerTensors> Layers, FeatureShape? Input) ReadLayers(
        CommandContext context,
        NetworkArguments network)
    {
        Layout layout = LayoutRule.Choose(_import.LayoutOf(context), network.Convention);
        if (_import.Read(context) is IReadOnlyList<WeightTensor> weights)
        {
            RefuseDrawing(context);
            return network.JoinWeights(weights, layout);
        }

        Architecture architecture = network.RequireArchitecture(layout, "--path");
        var initializer = Initializer.Parse(
            context.Get(_initializer) ?? Initializer.DefaultExpression, network.Convention, context.Files);
        DType dtype = context.Get(_dtype) ?? DType.Float32;
        IReadOnlyList<LayerTensors> layers = network.Description is { } description
            ? description.CreateTensors(
                architecture, initializer, network.Bias, network.Convention, network.Seed, dtype, layout)
            : LayerTensors.Create(
                architecture, initializer, network.Bias, network.Seed, StreamPurpose.Weights, dtype, layout);
        return (layers, architecture.Input);
    }

    // Weights of a file are there already.
    private void RefuseDrawing(CommandContext context)
    {
        System.CommandLine.Option[] ofDrawnWeights = [_initializer, _dtype, .. _network.OfDrawnWeights];
        if (ofDrawnWeights.FirstOrDefault(context.Has) is { } option)
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"{option.Name} says how weights are made, and those of a file are there already; leave it out.",
                option.Name);
        }
    }
}
