namespace InitTools;

/// <summary>
/// The law of a tensor whose weights depend on one another or on their place, such as an orthogonal matrix: mean and
/// variance are those of an element chosen at random, over all draws and all places.
/// </summary>
/// <param name="Mean">The mean.</param>
/// <param name="Variance">The variance.</param>
/// <param name="Limit">The largest |w| there can be, or null where there is no limit.</param>
/// <param name="Reach">The largest magnitude that drawing meets.</param>
public sealed record StructuredLaw(double Mean, double Variance, double? Limit, double Reach) : WeightLaw
{
    /// <inheritdoc/>
    public override double Mean { get; } = Mean;

    /// <inheritdoc/>
    public override double Variance { get; } = Variance;

    /// <inheritdoc/>
    public override double? Limit { get; } = Limit;

    internal override bool IsSameEverywhere => false;

    /// <summary>The largest magnitude that drawing meets.</summary>
    internal override double Reach { get; } = Reach;

    /// <summary>The law of elements of which a share is one number and the others are 0.</summary>
    internal static StructuredLaw OfShare(double share, double value) =>
        new(share * value, value * value * share * (1 - share), Math.Abs(value), Math.Abs(value));
}
