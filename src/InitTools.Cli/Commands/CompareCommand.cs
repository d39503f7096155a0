using InitTools.Analysis;

namespace InitTools.Cli;

/// <summary>Several initializers over one architecture and several seeds, ranked: Compare-Initializers.</summary>
internal sealed class CompareCommand : ToolCommand
{
    private static readonly ComparisonOptions s_defaults = new() { Architecture = null!, Seed = default };
    private static readonly TrainingOptions s_trainingDefaults = new();

    private readonly NetworkOptions _network = new();
    private readonly ReportOptions _report = new();
    private readonly ChartOptions _chart = new();
    private readonly ParameterOption<string[]?> _initializer = ParameterOption.List(
        "Initializer",
        "expressions",
        "The candidates, such as He*,RandomNormal(stddev=0.01); may be repeated. Default: Glorot, He and LeCun, " +
        "uniform and normal, and the classic mistakes N(0, 1), N(0, 0.01^2), zeros and a constant.",
        ExpressionParser.SplitList);

    private readonly ParameterOption<string?> _outputActivation = ParameterOption.Text(
        "OutputActivation",
        "activation",
        "The activation of the last layer. Default: linear.");

    private readonly ParameterOption<int?> _seedCount = ParameterOption.WholeNumber(
        "SeedCount",
        "How often each candidate is tried with other numbers. Default: 5.");

    private readonly ParameterOption<int?> _batchSize = ParameterOption.WholeNumber(
        "BatchSize",
        "Rows of the measured batch or, with --train, of a training step. Default: all of the data, or 256 drawn " +
        "rows; a training step takes 50.");

    private readonly ParameterOption<bool> _train = ParameterOption.Switch(
        "Train",
        "Train from every candidate and seed too, by mini-batches. Needs --data and --target.");

    private readonly ParameterOption<string?> _target = ParameterOption.Text(
        "Target",
        "column",
        "The column of the data with the class, 0 to the number of outputs less one, or, with --loss SquaredError " +
        "and one output, with the number to be given. It is no input.");

    private readonly ParameterOption<int?> _epochCount = ParameterOption.WholeNumber(
        "EpochCount",
        "Passes over the training rows. Default: 30.");

    private readonly ParameterOption<double[]?> _learningRate = ParameterOption.List(
        "LearningRate",
        "rates",
        "The step size of training. With several, such as 0.001,0.01,0.1, every candidate is trained with each and " +
        "reported at the one that left the lowest training loss. Default: 0.01.",
        text => text.Split(',').Select(item => ParameterOption.ParseNumber("LearningRate", item)));

    private readonly ParameterOption<string?> _optimizer = ParameterOption.Text(
        "Optimizer",
        "optimizer",
        "How weights follow their gradients: SGD, SGD(momentum=0.9), Adam. Default: SGD.");

    private readonly ParameterOption<string?> _loss = ParameterOption.Text(
        "Loss",
        "loss",
        "What training makes small: CrossEntropy or SquaredError. Default: CrossEntropy.");

    private readonly ParameterOption<double?> _holdOut = ParameterOption.Number(
        "HoldOut",
        "Rows kept from training, on which accuracy is measured: a share between 0 and 1, or a number of rows. " +
        "Default: none.");

    private readonly ParameterOption<double?> _lossThreshold = ParameterOption.Number(
        "LossThreshold",
        "The training loss whose first undercutting EpochsToThreshold reports. Default: 0.5.");

    private readonly ParameterOption<double?> _forwardWeight = ParameterOption.Number(
        "ForwardWeight",
        "How much |ln forward| counts in the deviation. Default: 1.");

    private readonly ParameterOption<double?> _backwardWeight = ParameterOption.Number(
        "BackwardWeight",
        "How much |ln backward| counts in the deviation. Default: 1.");

    private readonly ParameterOption<double?> _firstLayerWeight = ParameterOption.Number(
        "FirstLayerWeight",
        "How much |ln first|/depth counts in the deviation. Default: 1.");

    private readonly ParameterOption<double?> _saturatedWeight = ParameterOption.Number(
        "SaturatedWeight",
        "How much the saturated share counts in the deviation. Default: 1.");

    private readonly ParameterOption<double?> _deadWeight = ParameterOption.Number(
        "DeadWeight",
        "How much the dead share counts in the deviation. Default: 1.");

    private readonly ParameterOption<double?> _tieTolerance = ParameterOption.Number(
        "TieTolerance",
        "Candidates share a rank where their deviations differ by at most so many standard errors of the difference. " +
        "Default: 2.");

    public CompareCommand()
        : base(
            "compare",
            "Compare-Initializers",
            "Rank initializers on one network by how well they keep signal and gradient; on request train it from " +
            "each.")
    {
        _network.AddNetworkTo(this);
        Add(_initializer);
        Add(_outputActivation);
        Add(_seedCount);
        _network.AddBatchTo(this);
        Add(_batchSize);
        Add(_train);
        Add(_target);
        Add(_epochCount);
        Add(_learningRate);
        Add(_optimizer);
        Add(_loss);
        Add(_holdOut);
        Add(_lossThreshold);
        Add(_forwardWeight);
        Add(_backwardWeight);
        Add(_firstLayerWeight);
        Add(_saturatedWeight);
        Add(_deadWeight);
        Add(_tieTolerance);
        _network.AddJudgementTo(this);
        _report.AddTo(this);
        _chart.AddTo(this);
    }

    public override void Run(CommandContext context)
    {
        _report.Validate(context);
        LayerChartOptions? chart = _chart.Read(context);
        TrainingOptions? training = Training(context);
        NetworkArguments network = _network.Read(context);
        var options = new ComparisonOptions
        {
            Architecture = network.RequireArchitecture(Layout.IO),
            Initializers = context.Get(_initializer) is { } candidates
                ? InitializerList.Parse(candidates, network.Convention, context.Files)
                : null,
            Bias = network.Bias,
            OutputActivation = context.Get(_outputActivation) is { } output
                ? Activation.Parse(output)
                : s_defaults.OutputActivation,
            Data = network.Data,
            Target = context.Get(_target),
            InputDistribution = network.InputDistribution,
            Standardization = network.Standardization,
            BatchSize = training is null ? context.Get(_batchSize) : null,
            SeedCount = context.Get(_seedCount) ?? s_defaults.SeedCount,
            Seed = network.Seed,
            Precision = network.Precision,
            Thresholds = network.Thresholds,
            Weights = new DeviationWeights
            {
                Forward = context.Get(_forwardWeight) ?? DeviationWeights.Default.Forward,
                Backward = context.Get(_backwardWeight) ?? DeviationWeights.Default.Backward,
                FirstLayer = context.Get(_firstLayerWeight) ?? DeviationWeights.Default.FirstLayer,
                Saturated = context.Get(_saturatedWeight) ?? DeviationWeights.Default.Saturated,
                Dead = context.Get(_deadWeight) ?? DeviationWeights.Default.Dead,
            },
            TieTolerance = context.Get(_tieTolerance) ?? s_defaults.TieTolerance,
            Training = training,
            Command = context.ComposeCommand(this, network.Seed),
            ParallelOptions = network.ParallelOptions,
        };
        IReadOnlyList<InitializerComparison> comparisons = context.Work(
            "Comparing initializers",
            progress => InitializerComparer.Compare(options with { Progress = progress }));
        _report.Write(context, comparisons);
        context.Write(comparisons);
        context.Draw(comparisons, chart);
    }

    private TrainingOptions? Training(CommandContext context)
    {
        if (context.Get(_train))
        {
            return new TrainingOptions
            {
                EpochCount = context.Get(_epochCount) ?? s_trainingDefaults.EpochCount,
                BatchSize = context.Get(_batchSize) ?? s_trainingDefaults.BatchSize,
                LearningRates = context.Get(_learningRate) ?? s_trainingDefaults.LearningRates,
                Optimizer = context.Get(_optimizer) is { } optimizer
                    ? Optimizer.Parse(optimizer)
                    : s_trainingDefaults.Optimizer,
                Loss = context.Get(_loss) is { } loss
                    ? LossFunctions.Spellings.Parse(loss)
                    : s_trainingDefaults.Loss,
                HoldOut = context.Get(_holdOut) ?? s_trainingDefaults.HoldOut,
                LossThreshold = context.Get(_lossThreshold) ?? s_trainingDefaults.LossThreshold,
            };
        }

        System.CommandLine.Option[] companions =
        [
            _epochCount, _learningRate, _optimizer, _loss, _holdOut, _lossThreshold,
        ];
        return companions.FirstOrDefault(context.Has) is { } option
            ? throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"{option.Name} says how to train; it needs {_train.Name}.",
                option.Name)
            : null;
    }
}
