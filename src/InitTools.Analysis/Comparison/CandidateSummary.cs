namespace InitTools.Analysis;

/// <summary>A candidate's runs over all seeds, put together.</summary>
internal sealed class CandidateSummary
{
    private readonly Initializer _candidate;
    private readonly CandidateRun[] _runs;
    private readonly ComparisonOptions _options;
    private readonly ComparisonSetting _setting;
    private readonly StackFigures _stack;
    private readonly double _firstLayerFactor;
    private readonly double? _saturatedFraction;
    private readonly double _deadFraction;
    private readonly bool _nonFinite;
    private readonly Judgement _judgement;

    public CandidateSummary(
        Initializer candidate,
        CandidateRun[] runs,
        ComparisonOptions options,
        ComparisonSetting setting)
    {
        _candidate = candidate;
        _runs = runs;
        _options = options;
        _setting = setting;
        _stack = StackFigures.GeometricMean([.. runs.Select(run => StackFigures.Of(run.Layers))]);
        _firstLayerFactor = Factors.GeometricMean(runs.Select(run =>
            run.InputSecondMoment == 0 ? 0 : StackFigures.Of(run.Layers).FirstSecondMoment / run.InputSecondMoment));
        LayerFigures[] all = [.. runs.SelectMany(run => run.Layers)];
        LayerFigures[] hidden = [.. runs.SelectMany(run => run.Layers.SkipLast(1))];
        _saturatedFraction = all.Average(layer => layer.SaturatedFraction);
        _deadFraction = hidden.Length == 0
            ? 0
            : (double)hidden.Sum(layer => (long)layer.DeadUnits) / hidden.Sum(layer => (long)layer.UnitCount);
        _nonFinite = all.Any(layer => layer.NonFinite > 0);
        Symmetric = hidden.Any(VerdictRules.IsSymmetric);
        _judgement = VerdictRules.JudgeRuns(
            [.. runs.Select(run => run.Layers)],
            options.Thresholds,
            setting.RawDataSecondMoment);
        Deviation = Analysis.Deviation.Of(
            _stack,
            _firstLayerFactor,
            _saturatedFraction,
            _deadFraction,
            Symmetric,
            _nonFinite);
    }

    /// <summary>The criterion.</summary>
    public double Deviation { get; }

    private bool Symmetric { get; }

    /// <summary>The row for users.</summary>
    public InitializerComparison ToComparison(int rank)
    {
        bool trained = _options.Training is not null;
        bool heldOut = trained && _setting.TrainingData!.HeldOutParts.Count > 0;
        return new InitializerComparison(
            [.. _runs.SelectMany(run => run.Epochs)],
            LayerComparison.Defer(_candidate, _runs, _options, _setting.Network),
            _setting.Provenance)
        {
            Rank = rank,
            Initializer = _candidate.ToString(),
            Activation = DescribeActivation(_setting.Network),
            Depth = _setting.Network.Depth,
            Seeds = _runs.Length,
            Deviation = Deviation,
            FirstLayerFactor = _firstLayerFactor,
            ForwardFactor = _stack.ForwardFactor,
            BackwardFactor = _stack.BackwardFactor,
            SaturatedFraction = _saturatedFraction,
            DeadFraction = _deadFraction,
            Symmetric = Symmetric,
            NonFinite = _nonFinite,
            InitialLoss = trained ? Median(run => run.Epochs[0].Loss) : null,
            LowestLoss = trained ? Median(run => run.Epochs.Min(epoch => OrInfinity(epoch.Loss))) : null,
            FinalLoss = trained ? Median(run => run.Epochs[^1].Loss) : null,
            HeldOutAccuracy = heldOut ? Median(run => run.Epochs[^1].HeldOutAccuracy!.Value) : null,
            EpochsToThreshold = trained && Median(EpochsToThreshold) is double epochs && double.IsFinite(epochs)
                ? epochs
                : null,
            Diverged = trained ? _runs.Count(run => !double.IsFinite(run.Epochs[^1].Loss)) : null,
            Seed = _options.Seed.Value,
            Verdict = _judgement.Verdict.ToString(),
            Reason = _judgement.Reason,
        };
    }

    private static string DescribeActivation(Architecture network)
    {
        IEnumerable<LayerSpec> hidden = network.Depth == 1 ? network.Layers : network.Layers.SkipLast(1);
        return string.Join(", ", hidden.Select(layer => layer.Activation.ToString()).Distinct());
    }

    private static double OrInfinity(double loss) => double.IsNaN(loss) ? double.PositiveInfinity : loss;

    private double EpochsToThreshold(CandidateRun run) =>
        run.Epochs.FirstOrDefault(epoch => epoch.Loss < _options.Training!.LossThreshold)?.Epoch
        ?? double.PositiveInfinity;

    /// <summary>The median over the seeds, a loss that is NaN counting as infinite.</summary>
    private double Median(Func<CandidateRun, double> figure)
    {
        double[] values = [.. _runs.Select(run => OrInfinity(figure(run))).Order()];
        return values.Length % 2 == 1
            ? values[values.Length / 2]
            : (values[values.Length / 2 - 1] + values[values.Length / 2]) / 2;
    }
}
