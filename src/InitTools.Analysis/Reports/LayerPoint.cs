namespace InitTools.Analysis.Reports;

/// <summary>What a page shows of one layer.</summary>
/// <param name="Layer">Its place, from 1.</param>
/// <param name="Name">Its name.</param>
/// <param name="SecondMoment">q.</param>
/// <param name="ExpectedSecondMoment">q by theory, or null.</param>
/// <param name="GradientRatio">g over that of the last layer, or null.</param>
/// <param name="ExpectedGradientRatio">The same by theory, or null.</param>
/// <param name="SaturatedShare">The share of saturated entries, or null for activations without bounds.</param>
/// <param name="DeadShare">The share of units that are zero on every row.</param>
/// <param name="CopyShare">The share of units beyond the distinct ones.</param>
internal sealed record LayerPoint(
    int Layer,
    string Name,
    MeasuredRange SecondMoment,
    double? ExpectedSecondMoment,
    MeasuredRange? GradientRatio,
    double? ExpectedGradientRatio,
    double? SaturatedShare,
    double DeadShare,
    double CopyShare)
{
    /// <summary>One layer of a compared candidate.</summary>
    public static LayerPoint Of(LayerComparison layer) => new(
        layer.Layer,
        layer.Name,
        new MeasuredRange(layer.SecondMoment, layer.LowestSecondMoment, layer.HighestSecondMoment),
        layer.ExpectedSecondMoment,
        layer.GradientRatio is double ratio
            ? new MeasuredRange(ratio, layer.LowestGradientRatio!.Value, layer.HighestGradientRatio!.Value)
            : null,
        layer.ExpectedGradientFactor,
        layer.SaturatedFraction,
        layer.DeadUnits / layer.UnitCount,
        (double)(layer.UnitCount - (layer.DistinctUnits ?? layer.UnitCount)) / layer.UnitCount);

    /// <summary>One layer that was measured with one seed or several.</summary>
    public static LayerPoint Of(IReadOnlyList<LayerVariance> seeds)
    {
        LayerVariance first = seeds[0];
        double[] moments =
            [.. seeds.Select(layer => layer.NonFinite > 0 ? double.NaN : layer.PreActivationSecondMoment)];
        double[] ratios = [.. seeds.Select(layer => layer.NonFinite > 0 ? null : layer.GradientRatio).OfType<double>()];
        return new LayerPoint(
            first.Layer,
            first.Name,
            MeasuredRange.Of(moments, Factors.GeometricMean(moments)),
            first.ExpectedSecondMoment,
            ratios.Length == seeds.Count ? MeasuredRange.Of(ratios, Factors.GeometricMean(ratios)) : null,
            first.ExpectedGradientFactor,
            seeds.Average(layer => layer.SaturatedFraction),
            seeds.Average(layer => (double)layer.DeadUnits) / first.UnitCount,
            (double)(first.UnitCount - (seeds.Min(layer => layer.DistinctUnits) ?? first.UnitCount)) / first.UnitCount);
    }
}
