using InitTools.Kernels.Fills;

namespace InitTools;

/// <summary>Every weight is <paramref name="Value"/>: mean Value, variance 0.</summary>
public sealed record ConstantDistribution(double Value) : Distribution
{
    /// <inheritdoc/>
    public override double Mean => Value;

    /// <inheritdoc/>
    public override double Variance => 0;

    /// <inheritdoc/>
    public override double? Limit => Math.Abs(Value);

    internal override double Reach => Math.Abs(Value);

    internal override SelectedLaw<TElement> Select<TElement>() => new RepeatedNumber<TElement>(Value);
}
