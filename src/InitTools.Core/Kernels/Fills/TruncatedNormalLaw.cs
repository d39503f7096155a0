using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Fills;

/// <summary>
/// N(mean, deviation^2) between any two bounds, by inversion in float64 whatever the element type: one word gives
/// u = (w + 1/2) 2^-32 for float32, two give u = (w + 1/2) 2^-52 from their highest 52 bits for float64; u and 1 - u
/// are exact. The result is rounded to the element type once.
/// </summary>
internal readonly struct TruncatedNormalLaw<TQuantile>(
    TQuantile quantile, double mean, double deviation, double lowest, double highest) : ILaw
    where TQuantile : struct, IBoundedQuantile
{
    private readonly TQuantile _quantile = quantile;
    private readonly double _mean = mean;
    private readonly double _deviation = deviation;
    private readonly double _lowest = lowest;
    private readonly double _highest = highest;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Transform<T, TDouble, TElement>(ref uint words, ref TElement destination, nint count)
        where T : struct, ILanes<T, TElement>
        where TDouble : struct, ILanes<TDouble, double>
        where TElement : unmanaged
    {
        Span<double> values = stackalloc double[RandomBits.RowLength];
        ref double value = ref values[0];
        for (nint row = 0; row < count; row += RandomBits.RowLength)
        {
            for (nint column = 0; column < RandomBits.RowLength; column += TDouble.Count)
            {
                TDouble u = Fraction<T, TDouble>(ref words, row + column);
                TDouble z = _quantile.Evaluate(u, TDouble.Create(1.0) - u);
                TDouble x = TDouble.FusedMultiplyAdd(z, TDouble.Create(_deviation), TDouble.Create(_mean));
                x = TDouble.Min(TDouble.Max(x, TDouble.Create(_lowest)), TDouble.Create(_highest));
                TDouble.Store(x, ref value, column);
            }

            for (nint column = 0; column < RandomBits.RowLength; column += T.Count)
            {
                T.Store(T.LoadNarrowed(ref value, column), ref destination, row + column);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TDouble Fraction<T, TDouble>(ref uint words, nint element)
        where T : struct, ILanes<T>
        where TDouble : struct, ILanes<TDouble>
    {
        if (T.IsSingle)
        {
            TDouble word = TDouble.LoadWords(ref words, element);
            return TDouble.FusedMultiplyAdd(
                TDouble.ConvertBits(word),
                TDouble.Create(2.3283064365386963e-10),
                TDouble.Create(1.1641532182693481e-10));
        }

        TDouble bits = TDouble.ShiftBitsRight(RandomBits.Load<TDouble>(ref words, element), 12);
        return TDouble.FusedMultiplyAdd(
            TDouble.ConvertBits(bits),
            TDouble.Create(2.220446049250313e-16),
            TDouble.Create(1.1102230246251565e-16));
    }
}
