using System.Runtime.CompilerServices;
using InitTools.Kernels.Elementary;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Fills;

/// <summary>
/// N(mean, deviation^2) by Box and Muller's transformation: r = sqrt(-2 ln u) from one pattern, the angle pi f with
/// f in [-1/2, 1/2] from another, and (r cos, r sin) for the elements of two neighbouring rows. The right half of the
/// circle suffices because the lowest bit of the first pattern turns r's sign; that keeps the polynomials short. u is
/// at least 2^-32 (2^-64), so r is at most 6.66 (9.42).
/// </summary>
/// <remarks>Source: Box and Muller, Annals of Mathematical Statistics 29 (1958).</remarks>
internal readonly struct NormalLaw(double mean, double deviation) : ILaw
{
    private readonly double _mean = mean;
    private readonly double _deviation = deviation;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Transform<T, TDouble, TElement>(ref uint words, ref TElement destination, nint count)
        where T : struct, ILanes<T, TElement>
        where TDouble : struct, ILanes<TDouble, double>
        where TElement : unmanaged
    {
        T mean = T.Create(_mean);
        T deviation = T.Create(_deviation);
        for (nint row = 0; row < count; row += 2 * RandomBits.RowLength)
        {
            for (nint i = row; i < row + RandomBits.RowLength; i += T.Count)
            {
                T radiusBits = RandomBits.Load<T>(ref words, i);
                T angleBits = RandomBits.Load<T>(ref words, i + RandomBits.RowLength);
                T u = RandomBits.PositiveFraction(radiusBits);
                T radius = T.Sqrt(T.Create(-2.0) * Log.Normal(u)) ^ RandomBits.LowestBitAsSign(radiusBits);
                T f = RandomBits.SignedFraction(angleBits);
                T x = T.FusedMultiplyAdd(radius * SinCos.CosHalfTurns(f), deviation, mean);
                T y = T.FusedMultiplyAdd(radius * SinCos.SinHalfTurns(f), deviation, mean);
                T.Store(x, ref destination, i);
                T.Store(y, ref destination, i + RandomBits.RowLength);
            }
        }
    }
}
