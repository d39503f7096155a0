using InitTools.Kernels.Fills;

namespace InitTools;

/// <summary>N(mean, variance), untruncated; kurtosis 3.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="StandardDeviation">The square root of the variance.</param>
public sealed record NormalDistribution(double Mean, double StandardDeviation) : Distribution
{
    /// <inheritdoc/>
    public override double Mean { get; } = Mean;

    /// <inheritdoc/>
    public override double StandardDeviation { get; } = StandardDeviation;

    /// <inheritdoc/>
    public override double Variance => StandardDeviation * StandardDeviation;

    /// <inheritdoc/>
    public override double? Limit => null;

    // No draw of 31 or 63 bits lies 10 standard deviations out.
    internal override double Reach => Math.Abs(Mean) + 10 * StandardDeviation;

    internal override SelectedLaw<TElement> Select<TElement>() =>
        LawSelection.Normal<TElement>(Mean, StandardDeviation);
}
