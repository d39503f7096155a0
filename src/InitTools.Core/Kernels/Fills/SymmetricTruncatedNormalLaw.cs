using System.Runtime.CompilerServices;
using InitTools.Kernels.Elementary;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Fills;

/// <summary>
/// N(mean, deviation^2) given |x - mean| &lt;= c deviation, by inversion. With mass = P(|Z| &lt;= c) and s in (0, 1]
/// from all bits but the lowest, P(|Z| &gt; z) = (1 - mass) + mass s is solved for z; the lowest bit is z's sign. s is
/// small in the tail, where its precision is wanted.
/// </summary>
internal readonly struct SymmetricTruncatedNormalLaw : ILaw
{
    private readonly double _mean;
    private readonly double _deviation;
    private readonly double _mass;
    private readonly double _outside;
    private readonly double _lowest;
    private readonly double _highest;

    /// <param name="mean">The mean.</param>
    /// <param name="deviation">The standard deviation before truncation.</param>
    /// <param name="cut">c.</param>
    /// <param name="lowest">The smallest number of the element type inside the bounds.</param>
    /// <param name="highest">The largest one.</param>
    public SymmetricTruncatedNormalLaw(double mean, double deviation, double cut, double lowest, double highest)
    {
        _mean = mean;
        _deviation = deviation;
        _mass = DeterministicMath.Erf(cut * Math.Sqrt(0.5));
        _outside = 2 * DeterministicMath.NormalDistribution(-cut);
        _lowest = lowest;
        _highest = highest;
    }

    public void Transform<T, TDouble, TElement>(ref uint words, ref TElement destination, nint count)
        where T : struct, ILanes<T, TElement>
        where TDouble : struct, ILanes<TDouble, double>
        where TElement : unmanaged
    {
        // Every P(|Z| > z) is at least 1 - mass; where that already lies in the centre, so does all else.
        float outside = (float)_outside;
        if (T.IsSingle && outside * (2 - outside) > InverseNormal.CentralLimit)
        {
            Transform<T, TElement, Centre>(ref words, ref destination, count);
        }
        else
        {
            Transform<T, TElement, Everywhere>(ref words, ref destination, count);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Transform<T, TElement, TQuantile>(ref uint words, ref TElement destination, nint count)
        where T : struct, ILanes<T, TElement>
        where TElement : unmanaged
        where TQuantile : struct, IQuantile
    {
        T mean = T.Create(_mean);
        T deviation = T.Create(_deviation);
        T mass = T.Create(_mass);
        T outside = T.Create(_outside);
        T lowest = T.Create(_lowest);
        T highest = T.Create(_highest);
        for (nint i = 0; i < count; i += T.Count)
        {
            T bits = RandomBits.Load<T>(ref words, i);
            T s = RandomBits.PositiveFraction(bits);
            T tail = T.FusedMultiplyAdd(mass, s, outside);
            T z = TQuantile.OfTwoSidedTail(tail, mass * (T.Create(1.0) - s)) ^ RandomBits.LowestBitAsSign(bits);
            T x = T.FusedMultiplyAdd(z, deviation, mean);
            T.Store(T.Min(T.Max(x, lowest), highest), ref destination, i);
        }
    }

    private interface IQuantile
    {
        public static abstract T OfTwoSidedTail<T>(T tail, T inside)
            where T : struct, ILanes<T>;
    }

    private readonly struct Centre : IQuantile
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T OfTwoSidedTail<T>(T tail, T inside)
            where T : struct, ILanes<T> => InverseNormal.OfCentralTwoSidedTail(tail, inside);
    }

    private readonly struct Everywhere : IQuantile
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T OfTwoSidedTail<T>(T tail, T inside)
            where T : struct, ILanes<T> => InverseNormal.OfTwoSidedTail(tail, inside);
    }
}
