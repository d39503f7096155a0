using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Elementary;

/// <summary>
/// e^x - 1 without loss for small x: x = n ln 2 + r with |r| at most ln(2)/2, q = e^r - 1 = r + r^2 P(r), and
/// e^x - 1 = 2^n q + (2^n - 1). P is a minimax polynomial (relative error of q 2^-31 and 2^-61).
/// </summary>
/// <remarks>
/// Every x. Error at most 2 units in the last place. Source: Tang, Table-driven implementation of the expm1 function,
/// ACM TOMS 18 (1992), for the argument split.
/// </remarks>
internal static class Expm1
{
    /// <summary>e^x - 1 for every x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Evaluate<T>(T x)
        where T : struct, ILanes<T>
    {
        // Beyond these bounds the result is -1 or infinite anyway; the order of operands lets NaN through.
        T bounded = T.Max(T.Create(T.IsSingle ? -20.0 : -45.0), T.Min(T.Create(T.IsSingle ? 89.0 : 710.0), x));
        T shifted = Exp.ShiftedPower(bounded);
        T q = OfReduced(Exp.Remainder(bounded, shifted));

        // Half of the result, so that 2^n cannot overflow before the result does.
        T power = Exp.PowerOfTwo(T.SubtractBits(shifted, T.FromBits(1)));
        T half = T.FusedMultiplyAdd(power, q, power - T.Create(0.5));
        T result = T.Select(T.LessThan(T.Abs(x), T.Create(0.34)), q, half + half);

        // The sign is that of x; only a zero needs telling.
        return result | (x & T.Create(-0.0));
    }

    /// <summary>e^r - 1 for |r| at most ln(2)/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T OfReduced<T>(T r)
        where T : struct, ILanes<T> => T.FusedMultiplyAdd(r * r, Quadratic(r), r);

    // (e^r - 1 - r) / r^2
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Quadratic<T>(T x)
        where T : struct, ILanes<T>
    {
        if (T.IsSingle)
        {
            T single = T.Create(0.00019845858);
            single = T.FusedMultiplyAdd(single, x, T.Create(0.0013940627));
            single = T.FusedMultiplyAdd(single, x, T.Create(0.00833339));
            single = T.FusedMultiplyAdd(single, x, T.Create(0.041666362));
            single = T.FusedMultiplyAdd(single, x, T.Create(0.16666666));
            single = T.FusedMultiplyAdd(single, x, T.Create(0.5));
            return single;
        }

        T p = T.Create(2.087533553513928e-9);
        p = T.FusedMultiplyAdd(p, x, T.Create(2.5108978665227572e-8));
        p = T.FusedMultiplyAdd(p, x, T.Create(2.7557402621998183e-7));
        p = T.FusedMultiplyAdd(p, x, T.Create(2.755724437479992e-6));
        p = T.FusedMultiplyAdd(p, x, T.Create(2.4801587172564587e-5));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.00019841269885965295));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.001388888888896236));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.008333333333321691));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.04166666666666651));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.16666666666666677));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.5));
        return p;
    }
}
