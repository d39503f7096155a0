namespace InitTools.Analysis;

/// <summary>A candidate's runs over all seeds, put together.</summary>
internal sealed class CandidateSummary
{
    private readonly Initializer _candidate;
    private readonly CandidateRun[] _runs;
    private readonly ComparisonOptions _options;
    private readonly ComparisonSetting _setting;
    private readonly IReadOnlyList<LayerTensors> _layers;
    private readonly StackTheory? _theory;
    private readonly Criterion _criterion;
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
        _criterion = Criterion.Of(runs);

        // Laws depend on shapes alone, so that any replicate's will do.
        _layers = LayerTensors.Create(
            setting.Network,
            candidate,
            options.Bias,
            options.Seed,
            StreamPurpose.Weights.Replicate(0));
        _theory = LayerVarianceMeasurement.TheoryOf(
            setting.Network, _layers, runs.Average(run => run.InputSecondMoment));
        _judgement = VerdictRules.JudgeRuns(
            [.. runs.Select(run => run.Layers)],
            options.Thresholds,
            setting.RawDataSecondMoment,
            _theory);
        Deviation = _criterion.Deviation(options.Weights);
    }

    /// <summary>The criterion.</summary>
    public double Deviation { get; }

    /// <summary>
    /// The standard error of the difference of two candidates' deviations. Runs with the same seed share rows,
    /// gradients and streams, so that the difference varies less than its parts.
    /// </summary>
    public static double? StandardErrorOfDifference(CandidateSummary first, CandidateSummary second) =>
        Jackknife.StandardError(
            first._runs.Length,
            runs => second.CriterionOver(runs).Deviation(second._options.Weights)
                - first.CriterionOver(runs).Deviation(first._options.Weights));

    /// <summary>The row for users.</summary>
    public InitializerComparison ToComparison(int rank)
    {
        LearningRateResult[] rates = Rates();

        // Of equals the smallest rate, whose steps are the safest.
        LearningRateResult? best = rates.OrderBy(rate => rate.FinalLoss).ThenBy(rate => rate.LearningRate)
            .FirstOrDefault();
        return new InitializerComparison(
            rates,
            best,
            LayerComparison.Defer(_candidate, _runs, _layers, _theory),
            _setting.Provenance)
        {
            Rank = rank,
            Initializer = _candidate.ToString(),
            Activation = _setting.Provenance.Activation,
            Depth = _setting.Network.Depth,
            Seeds = _runs.Length,
            Deviation = Deviation,
            DeviationStandardError = StandardError(criterion => criterion.Deviation(_options.Weights)),
            FirstLayerFactor = _criterion.FirstLayerFactor,
            FirstLayerFactorStandardError = StandardError(criterion => criterion.FirstLayerFactor),
            ForwardFactor = _criterion.Stack.ForwardFactor,
            ForwardFactorStandardError = StandardError(criterion => criterion.Stack.ForwardFactor),
            BackwardFactor = _criterion.Stack.BackwardFactor,
            BackwardFactorStandardError = StandardError(criterion => criterion.Stack.BackwardFactor),
            SaturatedFraction = _criterion.SaturatedFraction,
            SaturatedFractionStandardError = _criterion.SaturatedFraction is null
                ? null
                : StandardError(criterion => criterion.SaturatedFraction!.Value),
            DeadFraction = _criterion.DeadFraction,
            DeadFractionStandardError = StandardError(criterion => criterion.DeadFraction),
            Symmetric = _criterion.Symmetric,
            NonFinite = _criterion.NonFinite,
            Seed = _options.Seed.Value,
            Verdict = _judgement.Verdict.ToString(),
            Reason = _judgement.Reason,
            Histograms = _runs[0].Histograms,
        };
    }

    private LearningRateResult[] Rates() =>
    [
        .. Enumerable.Range(0, _runs[0].Trainings.Count).Select(index => new LearningRateResult(
            _candidate.ToString(),
            [.. _runs.Select(run => run.Trainings[index])],
            _options.Training!.LossThreshold)),
    ];

    private Criterion CriterionOver(IReadOnlyList<int> runs) => Criterion.Of([.. runs.Select(run => _runs[run])]);

    private double? StandardError(Func<Criterion, double> figure) =>
        Jackknife.StandardError(_runs.Length, runs => figure(CriterionOver(runs)));
}
