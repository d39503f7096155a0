namespace InitTools.Analysis;

/// <summary>The parts of a candidate's <see cref="Deviation"/> over some of its runs.</summary>
/// <param name="Stack">q and g of first and last layer, geometric means.</param>
/// <param name="FirstLayerFactor">q_1 / E[x^2], the geometric mean.</param>
/// <param name="SaturatedFraction">The mean saturated share of bounded layers, or null without any.</param>
/// <param name="DeadFraction">The share of hidden units that are dead.</param>
/// <param name="Symmetric">Whether some hidden layer of some run is symmetric.</param>
/// <param name="NonFinite">Whether some value of some run is NaN or infinite.</param>
internal sealed record Criterion(
    StackFigures Stack,
    double FirstLayerFactor,
    double? SaturatedFraction,
    double DeadFraction,
    bool Symmetric,
    bool NonFinite)
{
    /// <summary>The parts over the given runs.</summary>
    public static Criterion Of(IReadOnlyList<CandidateRun> runs)
    {
        LayerFigures[] all = [.. runs.SelectMany(run => run.Layers)];
        LayerFigures[] hidden = [.. runs.SelectMany(run => run.Layers.SkipLast(1))];
        return new Criterion(
            StackFigures.GeometricMean([.. runs.Select(run => StackFigures.Of(run.Layers))]),
            Factors.GeometricMean(runs.Select(run => run.InputSecondMoment == 0
                ? 0
                : StackFigures.Of(run.Layers).FirstSecondMoment / run.InputSecondMoment)),
            all.Average(layer => layer.SaturatedFraction),
            hidden.Length == 0
                ? 0
                : (double)hidden.Sum(layer => (long)layer.DeadUnits) / hidden.Sum(layer => (long)layer.UnitCount),
            hidden.Any(VerdictRules.IsSymmetric),
            all.Any(layer => layer.NonFinite > 0));
    }

    /// <summary>The sum of the parts.</summary>
    public double Deviation(DeviationWeights weights) => Analysis.Deviation.Of(
        Stack, FirstLayerFactor, SaturatedFraction, DeadFraction, Symmetric, NonFinite, weights);
}
