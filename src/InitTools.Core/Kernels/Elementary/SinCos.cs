using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Elementary;

/// <summary>
/// Sine and cosine. In half turns: sin(pi f) = f S(f^2), cos(pi f) = (1/4 - f^2) C(f^2) for |f| at most 1/2, both to
/// full relative precision. In radians: x = n pi/2 + r with |r| at most pi/4, pi/2 in three parts, and
/// sin r = r + r^3 P(r^2), cos r = 1 - r^2/2 + r^4 Q(r^2). All four are minimax polynomials (relative error 2^-27 and
/// 2^-57 or better).
/// </summary>
/// <remarks>
/// Half turns: error at most 2 units in the last place. Radians: |x| up to 10^4 in float32 and 10^8 in float64, error
/// at most 2 units in the last place; beyond that the three parts of pi/2 do not suffice and the result is NaN. Source:
/// Cody and Waite, Software Manual for the Elementary Functions (1980), for the argument split.
/// </remarks>
internal static class SinCos
{
    /// <summary>sin(pi f) for |f| at most 1/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SinHalfTurns<T>(T f)
        where T : struct, ILanes<T> => f * HalfTurnSin(f * f);

    /// <summary>cos(pi f) for |f| at most 1/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T CosHalfTurns<T>(T f)
        where T : struct, ILanes<T> => T.FusedMultiplyAdd(-f, f, T.Create(0.25)) * HalfTurnCos(f * f);

    /// <summary>sin x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sin<T>(T x)
        where T : struct, ILanes<T> => Quadrant(x, T.FromBits(0));

    /// <summary>cos x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Cos<T>(T x)
        where T : struct, ILanes<T> => Quadrant(x, T.FromBits(1));

    /// <summary>sin(x + quarterTurns pi/2), the quarter turns as an integer bit pattern.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Quadrant<T>(T x, T quarterTurns)
        where T : struct, ILanes<T>
    {
        T shift = T.Create(T.IsSingle ? 12582912.0 : 6755399441055744.0);
        T shifted = T.FusedMultiplyAdd(x, T.Create(0.6366197723675814), shift);
        T n = shifted - shift;
        T r = T.FusedMultiplyAdd(n, T.Create(T.IsSingle ? -1.57079637 : -1.5707963267948966), x);
        r = T.FusedMultiplyAdd(n, T.Create(T.IsSingle ? 4.37113883e-8 : -6.123233995736766e-17), r);
        r = T.FusedMultiplyAdd(n, T.Create(T.IsSingle ? 1.71512474e-15 : 1.4973849048591833e-33), r);
        T square = r * r;
        T sine = T.FusedMultiplyAdd(square * r, SinRemainder(square), r);
        T cosine = T.FusedMultiplyAdd(
            square * square,
            CosRemainder(square),
            T.FusedMultiplyAdd(square, T.Create(-0.5), T.Create(1.0)));

        T quadrant = T.AddBits(shifted, quarterTurns);
        int signShift = T.IsSingle ? 31 : 63;
        T odd = T.ShiftBitsRightSigned(T.ShiftBitsLeft(quadrant, signShift), signShift);
        T sign = T.ShiftBitsLeft(T.ShiftBitsRight(quadrant, 1), signShift);
        T result = T.Select(odd, cosine, sine) ^ sign;
        T limit = T.Create(T.IsSingle ? 1e4 : 1e8);
        return T.Select(T.LessThanOrEqual(T.Abs(x), limit), result, T.Create(double.NaN));
    }

    // sin(pi f) / f of f^2
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T HalfTurnSin<T>(T x)
        where T : struct, ILanes<T>
    {
        if (T.IsSingle)
        {
            T single = T.Create(0.077560395);
            single = T.FusedMultiplyAdd(single, x, T.Create(-0.5982421));
            single = T.FusedMultiplyAdd(single, x, T.Create(2.5500698));
            single = T.FusedMultiplyAdd(single, x, T.Create(-5.16771));
            single = T.FusedMultiplyAdd(single, x, T.Create(3.1415927));
            return single;
        }

        T p = T.Create(7.694727965137042e-7);
        p = T.FusedMultiplyAdd(p, x, T.Create(-2.1903185487710878e-5));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.0004662996888028725));
        p = T.FusedMultiplyAdd(p, x, T.Create(-0.007370430478769651));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.08214588656989362));
        p = T.FusedMultiplyAdd(p, x, T.Create(-0.5992645293187383));
        p = T.FusedMultiplyAdd(p, x, T.Create(2.550164039877294));
        p = T.FusedMultiplyAdd(p, x, T.Create(-5.167712780049969));
        p = T.FusedMultiplyAdd(p, x, T.Create(3.141592653589793));
        return p;
    }

    // cos(pi f) / (1/4 - f^2) of f^2
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T HalfTurnCos<T>(T x)
        where T : struct, ILanes<T>
    {
        if (T.IsSingle)
        {
            T single = T.Create(0.024154097);
            single = T.FusedMultiplyAdd(single, x, T.Create(-0.22873855));
            single = T.FusedMultiplyAdd(single, x, T.Create(1.2779897));
            single = T.FusedMultiplyAdd(single, x, T.Create(-3.739208));
            single = T.FusedMultiplyAdd(single, x, T.Create(4.0));
            return single;
        }

        T p = T.Create(1.3388970444046558e-7);
        p = T.FusedMultiplyAdd(p, x, T.Create(-4.266714541435766e-6));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.00010357047723586534));
        p = T.FusedMultiplyAdd(p, x, T.Create(-0.0019036814993351036));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.02533097099118505));
        p = T.FusedMultiplyAdd(p, x, T.Create(-0.2289978876092361));
        p = T.FusedMultiplyAdd(p, x, T.Create(1.2780132969521965));
        p = T.FusedMultiplyAdd(p, x, T.Create(-3.7392088021787173));
        p = T.FusedMultiplyAdd(p, x, T.Create(4.0));
        return p;
    }

    // (sin r - r) / r^3 of r^2
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SinRemainder<T>(T x)
        where T : struct, ILanes<T>
    {
        if (T.IsSingle)
        {
            T single = T.Create(-0.00019514958);
            single = T.FusedMultiplyAdd(single, x, T.Create(0.008332158));
            single = T.FusedMultiplyAdd(single, x, T.Create(-0.16666655));
            return single;
        }

        T p = T.Create(1.5896067489889898e-10);
        p = T.FusedMultiplyAdd(p, x, T.Create(-2.5050745036521876e-8));
        p = T.FusedMultiplyAdd(p, x, T.Create(2.755731360451004e-6));
        p = T.FusedMultiplyAdd(p, x, T.Create(-0.00019841269829542528));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.008333333333322063));
        p = T.FusedMultiplyAdd(p, x, T.Create(-0.1666666666666663));
        return p;
    }

    // (cos r - 1 + r^2/2) / r^4 of r^2
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T CosRemainder<T>(T x)
        where T : struct, ILanes<T>
    {
        if (T.IsSingle)
        {
            T single = T.Create(2.4432786e-5);
            single = T.FusedMultiplyAdd(single, x, T.Create(-0.0013887313));
            single = T.FusedMultiplyAdd(single, x, T.Create(0.041666646));
            return single;
        }

        T p = T.Create(-1.1358423789972815e-11);
        p = T.FusedMultiplyAdd(p, x, T.Create(2.0875698714076386e-9));
        p = T.FusedMultiplyAdd(p, x, T.Create(-2.7557314164019956e-7));
        p = T.FusedMultiplyAdd(p, x, T.Create(2.4801587288800187e-5));
        p = T.FusedMultiplyAdd(p, x, T.Create(-0.0013888888888872975));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.041666666666666595));
        return p;
    }
}
