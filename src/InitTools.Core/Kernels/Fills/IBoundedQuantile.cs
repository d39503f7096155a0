using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Fills;

/// <summary>The inverse distribution function of the standard normal law between two bounds, in float64.</summary>
internal interface IBoundedQuantile
{
    /// <summary>The z with P(Z &lt;= z | bounds) = u, or with 1 - u: either has the law.</summary>
    public T Evaluate<T>(T u, T complement)
        where T : struct, ILanes<T>;
}
