using InitTools.Kernels.Fills;

namespace InitTools;

/// <summary>
/// U[minimum, maximum): mean (minimum + maximum) / 2, variance (maximum - minimum)^2 / 12, kurtosis 1.8.
/// </summary>
public sealed record UniformDistribution(double Minimum, double Maximum) : Distribution
{
    /// <inheritdoc/>
    public override double Mean => (Minimum + Maximum) / 2;

    /// <inheritdoc/>
    public override double Variance => (Maximum - Minimum) * (Maximum - Minimum) / 12;

    /// <inheritdoc/>
    public override double? Limit => Math.Max(Math.Abs(Minimum), Math.Abs(Maximum));

    // The width of the range is a factor of its own.
    internal override double Reach => Math.Max(Limit!.Value, Maximum - Minimum);

    internal override SelectedLaw<TElement> Select<TElement>() =>
        LawSelection.Uniform<TElement>(Minimum, Maximum);
}
