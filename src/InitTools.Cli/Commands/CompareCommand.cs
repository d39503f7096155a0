using InitTools.Analysis;

namespace InitTools.Cli;

/// <summary>Several initializers over one architecture and several seeds, ranked: Compare-Initializers.</summary>
internal sealed class CompareCommand : ToolCommand
{
    private static readonly ComparisonOptions s_defaults = new() { Architecture = null!, Seed = default };
    private static readonly TrainingOptions s_trainingDefaults = new();

    private readonly NetworkOptions _network = new();
    private readonly ReportOptions _report = new();
    private readonly ParameterOption<string[]?> _initializer = ParameterOption.List(
        "Initializer",
        "expressions",
        "The candidates, such as HeNormal,RandomNormal(stddev=0.01); may be repeated. Default: Glorot, He and LeCun, " +
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
        "Train from every candidate and seed too: mini-batch gradient descent on the softmax cross-entropy. Needs " +
        "--data and --target.");

    private readonly ParameterOption<string?> _target = ParameterOption.Text(
        "Target",
        "column",
        "The column of the data with the class, 0 to the number of outputs less one. It is no input.");

    private readonly ParameterOption<int?> _epochCount = ParameterOption.WholeNumber(
        "EpochCount",
        "Passes over the training rows. Default: 30.");

    private readonly ParameterOption<double?> _learningRate = ParameterOption.Number(
        "LearningRate",
        "The step size of training. Default: 0.01.");

    private readonly ParameterOption<double?> _holdOut = ParameterOption.Number(
        "HoldOut",
        "Rows kept from training, on which accuracy is measured: a share between 0 and 1, or a number of rows. " +
        "Default: none.");

    private readonly ParameterOption<double?> _lossThreshold = ParameterOption.Number(
        "LossThreshold",
        "The training loss whose first undercutting EpochsToThreshold reports. Default: 0.5.");

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
        Add(_holdOut);
        Add(_lossThreshold);
        _network.AddJudgementTo(this);
        _report.AddTo(this);
    }

    public override void Run(CommandContext context)
    {
        _report.Validate(context);
        TrainingOptions? training = Training(context);
        NetworkArguments network = _network.Read(context);
        var options = new ComparisonOptions
        {
            Architecture = network.Architecture,
            Initializers = context.Get(_initializer)?
                .Select(expression => Initializer.Parse(expression, network.Convention)).ToArray(),
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
            Training = training,
            Command = context.ComposeCommand(this, network.Seed),
            ParallelOptions = network.ParallelOptions,
        };
        IReadOnlyList<InitializerComparison> comparisons = context.Work(
            "Comparing initializers",
            progress => InitializerComparer.Compare(options with { Progress = progress }));
        _report.Write(context, comparisons);
        context.Write(comparisons);
    }

    private TrainingOptions? Training(CommandContext context)
    {
        if (context.Get(_train))
        {
            return new TrainingOptions
            {
                EpochCount = context.Get(_epochCount) ?? s_trainingDefaults.EpochCount,
                BatchSize = context.Get(_batchSize) ?? s_trainingDefaults.BatchSize,
                LearningRate = context.Get(_learningRate) ?? s_trainingDefaults.LearningRate,
                HoldOut = context.Get(_holdOut) ?? s_trainingDefaults.HoldOut,
                LossThreshold = context.Get(_lossThreshold) ?? s_trainingDefaults.LossThreshold,
            };
        }

        System.CommandLine.Option[] companions = [_epochCount, _learningRate, _holdOut, _lossThreshold];
        return companions.FirstOrDefault(context.Has) is { } option
            ? throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"{option.Name} says how to train; it needs {_train.Name}.",
                option.Name)
            : null;
    }
}
