using InitTools.Analysis;

namespace InitTools.Cli;

/// <summary>Several initializers over one architecture and several seeds, ranked: Compare-Initializers.</summary>
public sealed class CompareCommand : ToolCommand
{
    private readonly ParameterOption<int[]?> _width = CommonOptions.Width();
    private readonly ParameterOption<string[]?> _initializer = ParameterOption.List(
        "Initializer",
        "expressions",
        "Candidates, such as HeNormal,RandomNormal(stddev=0.01); commas inside parentheses do not separate. Default: " +
        "Glorot, He and LeCun, uniform and normal, and the classic mistakes N(0,1), N(0,0.01^2), zeros and a constant.",
        ExpressionParser.SplitList);

    private readonly ParameterOption<Convention?> _convention = CommonOptions.Convention();
    private readonly ParameterOption<string?> _activation = CommonOptions.Activation();
    private readonly ParameterOption<string?> _outputActivation = ParameterOption.Text(
        "OutputActivation",
        "activation",
        "Activation of the last layer. Default: linear.");

    private readonly ParameterOption<string?> _bias = CommonOptions.Bias();
    private readonly DataOptions _data = new();
    private readonly ParameterOption<int?> _seedCount = ParameterOption.WholeNumber(
        "SeedCount",
        "How often each candidate is tried with other numbers. Default: 5.");

    private readonly ParameterOption<Seed?> _seed = CommonOptions.Seed();
    private readonly ParameterOption<Precision?> _precision = CommonOptions.Precision();
    private readonly ParameterOption<bool> _train = ParameterOption.Switch(
        "Train",
        "Train every candidate too: mini-batch gradient descent on the softmax cross-entropy; needs --data and --target.");

    private readonly ParameterOption<string?> _target = ParameterOption.Text(
        "Target",
        "column",
        "The column with the class, 0 to the number of outputs less one; it is no input.");

    private readonly ParameterOption<int?> _epochCount = ParameterOption.WholeNumber(
        "EpochCount",
        "Passes over the training rows. Default: 30.");

    private readonly ParameterOption<double?> _learningRate = ParameterOption.Number(
        "LearningRate",
        "The step size. Default: 0.01.");

    private readonly ParameterOption<double?> _holdOut = ParameterOption.Number(
        "HoldOut",
        "Rows kept from training: a share between 0 and 1, or a number of rows. Default: 0.");

    private readonly ParameterOption<int?> _throttleLimit = CommonOptions.ThrottleLimit();

    internal CompareCommand()
        : base("compare", "Compare-Initializers", "Rank initializers on one network, by how well they keep signal and gradient.")
    {
        _width.Required = true;
        Add(_width);
        Add(_initializer);
        Add(_convention);
        Add(_activation);
        Add(_outputActivation);
        Add(_bias);
        _data.AddTo(this);
        Add(_seedCount);
        Add(_seed);
        Add(_precision);
        Add(_train);
        Add(_target);
        Add(_epochCount);
        Add(_learningRate);
        Add(_holdOut);
        Add(_throttleLimit);
    }

    internal override void Run(CommandContext context)
    {
        Convention? convention = context.Get(_convention);
        TrainingOptions? training = Training(context);
        int? batchSize = context.Get(_data.BatchSize);
        var options = new ComparisonOptions
        {
            Architecture = Architecture.FromWidths(
                context.Get(_width)!,
                Activation.Parse(context.Get(_activation) ?? CommonOptions.DefaultActivation)),
            Initializers = context.Get(_initializer)?.Select(text => Initializer.Parse(text, convention)).ToArray(),
            Bias = context.Get(_bias) is { } bias ? Initializer.Parse(bias, convention) : null,
            OutputActivation = Activation.Parse(context.Get(_outputActivation) ?? "linear"),
            Data = _data.Read(context),
            Target = context.Get(_target),
            InputDistribution = _data.InputDistributionOf(context),
            Standardization = context.Get(_data.Standardize) ?? Standardization.Global,
            BatchSize = training is null ? batchSize : null,
            SeedCount = context.Get(_seedCount) ?? 5,
            Seed = context.Get(_seed) ?? Seed.Draw(),
            Precision = context.Get(_precision) ?? Precision.Single,
            Training = training,
            ParallelOptions = context.ParallelOptions(_throttleLimit),
        };
        context.Write(context.Work(
            "Comparing initializers",
            progress => InitializerComparer.Compare(options with { Progress = progress })));
    }

    private TrainingOptions? Training(CommandContext context)
    {
        if (context.Get(_train))
        {
            var defaults = new TrainingOptions();
            return new TrainingOptions
            {
                EpochCount = context.Get(_epochCount) ?? defaults.EpochCount,
                BatchSize = context.Get(_data.BatchSize) ?? defaults.BatchSize,
                LearningRate = context.Get(_learningRate) ?? defaults.LearningRate,
                HoldOut = context.Get(_holdOut) ?? defaults.HoldOut,
            };
        }

        return new System.CommandLine.Option[] { _epochCount, _learningRate, _holdOut }.FirstOrDefault(context.Has) is { } alone
            ? throw new InitToolsException(ErrorId.ParameterConflict, $"{alone.Name} says how to train; it needs --train.")
            : null;
    }
}
