using System.Runtime.CompilerServices;
using InitTools.Kernels.Elementary;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Fills;

/// <summary>
/// The quantile between bounds a &lt; b of which one at least is within 35 of 0 or on the other side of it, where
/// probabilities are still normal numbers. Bounds that are both positive are mirrored. The lower and the upper tail
/// probability of z, P(Z &lt;= a) + u mass and P(Z &gt; b) + (1 - u) mass, are both formed, and the smaller one is
/// inverted, so that no tail is computed as a difference from 1; y = 2 P(Z &lt;= z) - 1 serves near 0 alike.
/// </summary>
internal readonly struct BoundedQuantile : IBoundedQuantile
{
    private readonly double _below;
    private readonly double _above;
    private readonly double _mass;
    private readonly double _start;
    private readonly double _sign;

    public BoundedQuantile(double a, double b)
    {
        bool mirrored = a >= 0;
        (a, b) = mirrored ? (-b, -a) : (a, b);
        _sign = mirrored ? -0.0 : 0.0;
        _below = DeterministicMath.NormalDistribution(a);
        _above = DeterministicMath.NormalDistribution(-b);
        _start = DeterministicMath.Erf(a * Math.Sqrt(0.5));

        // Each form has its terms of one sign, or its difference between small numbers.
        _mass = b > 0
            ? 0.5 * (DeterministicMath.Erf(b * Math.Sqrt(0.5)) - _start)
            : DeterministicMath.NormalDistribution(b) - _below;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Evaluate<T>(T u, T complement)
        where T : struct, ILanes<T>
    {
        T mass = T.Create(_mass);
        T lower = T.FusedMultiplyAdd(u, mass, T.Create(_below));
        T upper = T.FusedMultiplyAdd(complement, mass, T.Create(_above));
        T tail = T.Min(lower, upper);
        T y = T.FusedMultiplyAdd(u, mass + mass, T.Create(_start));
        T z = InverseNormal.OfTwoSidedTail(tail + tail, T.Abs(y));
        return z ^ (y & T.Create(-0.0)) ^ T.Create(_sign);
    }
}
