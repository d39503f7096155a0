namespace InitTools;

/// <summary>What an initializer promises of one weight of a tensor, before any is drawn.</summary>
public abstract record WeightLaw
{
    /// <summary>The mean.</summary>
    public abstract double Mean { get; }

    /// <summary>The variance.</summary>
    public abstract double Variance { get; }

    /// <summary>The standard deviation: the square root of <see cref="Variance"/>.</summary>
    public virtual double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>The largest |w| there can be, or null where there is no limit.</summary>
    public abstract double? Limit { get; }

    /// <summary>False where the values are given, so that the figures are those of the values.</summary>
    internal virtual bool IsPromise => true;

    /// <summary>False where mean and variance of a weight depend on its place, or weights on one another.</summary>
    internal virtual bool IsSameEverywhere => true;

    /// <summary>
    /// The largest magnitude that drawing meets; an element type that cannot hold it cannot hold the law.
    /// </summary>
    internal abstract double Reach { get; }
}
