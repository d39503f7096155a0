using System.CommandLine;
using InitTools.Analysis;

namespace InitTools.Cli;

/// <summary>Whether the weights of a file are a sound beginning of training: Test-InitWeights.</summary>
internal sealed class TestCommand : ToolCommand
{
    private readonly ImportOptions _import = new(
        "--path", "The file to test; what its name ends in says the format.");

    private readonly ReportOptions _report = new();
    private readonly ParameterOption<bool> _regenerate = ParameterOption.Switch(
        "Regenerate",
        "Make every tensor anew from its recipe and compare all elements to the last bit.");

    private readonly ParameterOption<bool> _quiet = ParameterOption.Switch(
        "Quiet",
        "Print True or False alone; the exit code is 1 where something fails.");

    private readonly ParameterOption<FindingSeverity?> _failOn = ParameterOption.Value(
        "FailOn",
        "severity",
        "The least severity for which the exit code is 1: Information, Warning or Error. Default: none, and Warning " +
        "with --quiet.",
        FindingSeverities.Spellings.Parse);

    private readonly ParameterOption<double?> _standardDeviationFactor = Threshold(
        nameof(SoundnessThresholds.StandardDeviationFactor),
        "The factor between the standard deviation and that of the nearest known scheme. Default: 2.");

    private readonly ParameterOption<double?> _meanShift = Threshold(
        nameof(SoundnessThresholds.MeanShift), "The mean, in standard deviations. Default: 0.1.");

    private readonly ParameterOption<double?> _clippedFraction = Threshold(
        nameof(SoundnessThresholds.ClippedFraction), "The share at the smallest and largest value. Default: 0.01.");

    private readonly ParameterOption<double?> _kurtosis = Threshold(
        nameof(SoundnessThresholds.Kurtosis), "The kurtosis; a normal law has 3. Default: 6.");

    private readonly ParameterOption<double?> _duplicateFraction = Threshold(
        nameof(SoundnessThresholds.DuplicateFraction), "The share of repeated rows that is an Error. Default: 0.1.");

    private readonly ParameterOption<double?> _orthogonalityError = Threshold(
        nameof(SoundnessThresholds.OrthogonalityError), "The largest element of |Q^T Q - I|. Default: 0.01.");

    private readonly ParameterOption<double?> _lostFraction = Threshold(
        nameof(SoundnessThresholds.LostFraction), "The share that a narrow type may lose digits of. Default: 0.1.");

    private readonly ParameterOption<double?> _trainedSpread = Threshold(
        nameof(SoundnessThresholds.TrainedSpread),
        "The spread of the mean squares of rows or columns by which weights have been trained. Default: 0.1.");

    private readonly ParameterOption<double?> _trainedEigenvalue = Threshold(
        nameof(SoundnessThresholds.TrainedEigenvalue),
        "The largest eigenvalue, over that of independent elements, by which they have been. Default: 1.2.");

    private readonly ParameterOption<double?> _errorFactor = Threshold(
        nameof(SoundnessThresholds.ErrorFactor), "How many times the limit of a Warning makes an Error. Default: 5.");

    private readonly ParameterOption<int?> _throttleLimit = CommonOptions.ThrottleLimit();

    public TestCommand()
        : base(
            "test",
            "Test-InitWeights",
            "Tell whether the weights of a file are a sound beginning of training: one line for each finding.")
    {
        _import.AddTo(this);
        Option[] options =
        [
            _regenerate, _quiet, _failOn, _standardDeviationFactor, _meanShift, _clippedFraction, _kurtosis,
            _duplicateFraction, _orthogonalityError, _lostFraction, _trainedSpread, _trainedEigenvalue, _errorFactor,
        ];
        foreach (Option option in options)
        {
            Add(option);
        }

        _report.AddTo(this);
        Add(_throttleLimit);
    }

    public override void Run(CommandContext context)
    {
        _report.Validate(context);
        var options = new SoundnessOptions
        {
            Layout = _import.LayoutOf(context) is string layout ? Layouts.Spellings.Parse(layout) : null,
            Regenerate = context.Get(_regenerate),
            Thresholds = ReadThresholds(context),
            Path = _import.PathOf(context) ?? "",
            ParallelOptions = context.ParallelOptions(_throttleLimit),
        };
        IReadOnlyList<WeightTensor> weights = _import.Require(context);
        IReadOnlyList<WeightFinding> findings = context.Work(
            "Testing weights", progress => SoundnessTest.Run(weights, options with { Progress = progress }));
        bool isQuiet = context.Get(_quiet);
        FindingSeverity? failOn = context.Get(_failOn) ?? (isQuiet ? FindingSeverities.DefaultFailure : null);
        bool fails = failOn is FindingSeverity severity && FindingSeverities.FailureOf(findings, severity) is not null;
        _report.Write(context, findings);
        if (isQuiet)
        {
            context.WriteLine(fails ? "False" : "True");
        }
        else
        {
            context.Write(findings);
        }

        context.ExitCode = fails ? ExitCode.Finding : ExitCode.Success;
    }

    private static ParameterOption<double?> Threshold(string parameter, string description) =>
        ParameterOption.Number(parameter, description);

    private SoundnessThresholds ReadThresholds(CommandContext context)
    {
        SoundnessThresholds usual = SoundnessThresholds.Default;
        return new SoundnessThresholds
        {
            StandardDeviationFactor = context.Get(_standardDeviationFactor) ?? usual.StandardDeviationFactor,
            MeanShift = context.Get(_meanShift) ?? usual.MeanShift,
            ClippedFraction = context.Get(_clippedFraction) ?? usual.ClippedFraction,
            Kurtosis = context.Get(_kurtosis) ?? usual.Kurtosis,
            DuplicateFraction = context.Get(_duplicateFraction) ?? usual.DuplicateFraction,
            OrthogonalityError = context.Get(_orthogonalityError) ?? usual.OrthogonalityError,
            LostFraction = context.Get(_lostFraction) ?? usual.LostFraction,
            TrainedSpread = context.Get(_trainedSpread) ?? usual.TrainedSpread,
            TrainedEigenvalue = context.Get(_trainedEigenvalue) ?? usual.TrainedEigenvalue,
            ErrorFactor = context.Get(_errorFactor) ?? usual.ErrorFactor,
        };
    }
}
