namespace InitTools;

/// <summary>The law of weights of another law times a factor above 0.</summary>
internal sealed record ScaledLaw(WeightLaw Inner, double Factor) : WeightLaw
{
    public override double Mean => Factor * Inner.Mean;

    public override double Variance => Factor * Factor * Inner.Variance;

    public override double StandardDeviation => Factor * Inner.StandardDeviation;

    public override double? Limit => Factor * Inner.Limit;

    internal override bool IsPromise => Inner.IsPromise;

    internal override bool IsSameEverywhere => Inner.IsSameEverywhere;

    internal override double Reach => Math.Max(Factor, 1) * Inner.Reach;
}
