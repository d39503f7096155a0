using InitTools.Analysis;
using InitTools.Formats;

namespace InitTools.Cli;

/// <summary>A batch through a stack of layers, forwards and backwards: Measure-LayerVariance.</summary>
public sealed class MeasureCommand : ToolCommand
{
    private readonly ParameterOption<int[]?> _width = CommonOptions.Width();
    private readonly ParameterOption<string?> _initializer = ParameterOption.Text(
        "Initializer",
        "expression",
        "How weights are drawn, such as HeNormal or RandomNormal(stddev=0.01).");

    private readonly ParameterOption<Convention?> _convention = CommonOptions.Convention();
    private readonly ParameterOption<string?> _activation = CommonOptions.Activation();
    private readonly ParameterOption<string?> _bias = CommonOptions.Bias();
    private readonly DataOptions _data = new();
    private readonly ParameterOption<string?> _outputGradient = ParameterOption.Text(
        "OutputGradient",
        "path",
        "A .csv or .npy file with dL/d(output of the last layer), a row for each row of the batch. Default: drawn from N(0,1).");

    private readonly ParameterOption<Seed?> _seed = CommonOptions.Seed();
    private readonly ParameterOption<Precision?> _precision = CommonOptions.Precision();
    private readonly ParameterOption<Layout?> _layout = CommonOptions.Layout();
    private readonly ParameterOption<int?> _throttleLimit = CommonOptions.ThrottleLimit();

    internal MeasureCommand()
        : base(
            "measure",
            "Measure-LayerVariance",
            "Pass a batch through a stack of layers, forwards and backwards; one line per layer with a verdict.")
    {
        _width.Required = true;
        _initializer.Required = true;
        Add(_width);
        Add(_initializer);
        Add(_convention);
        Add(_activation);
        Add(_bias);
        _data.AddTo(this);
        Add(_outputGradient);
        Add(_seed);
        Add(_precision);
        Add(_layout);
        Add(_throttleLimit);
    }

    internal override void Run(CommandContext context)
    {
        Convention? convention = context.Get(_convention);
        Seed seed = context.Get(_seed) ?? Seed.Draw();
        var options = new LayerVarianceOptions
        {
            Layers = LayerTensors.Create(
                Architecture.FromWidths(
                    context.Get(_width)!,
                    Activation.Parse(context.Get(_activation) ?? CommonOptions.DefaultActivation)),
                Initializer.Parse(context.Get(_initializer)!, convention),
                context.Get(_bias) is { } bias ? Initializer.Parse(bias, convention) : null,
                seed,
                StreamPurpose.Weights,
                layout: context.Get(_layout) ?? Layout.IO),
            Data = _data.Read(context),
            InputDistribution = _data.InputDistributionOf(context),
            Standardization = context.Get(_data.Standardize) ?? Standardization.Global,
            BatchSize = context.Get(_data.BatchSize),
            OutputGradient = context.Get(_outputGradient) is { } path
                ? DataFile.Read(path, cancellationToken: context.CancellationToken)
                : null,
            Precision = context.Get(_precision) ?? Precision.Single,
            Seed = seed,
            ParallelOptions = context.ParallelOptions(_throttleLimit),
        };
        context.Write(context.Work(
            "Measuring layers",
            progress => LayerVarianceMeasurement.Measure(options with { Progress = progress })));
    }
}
