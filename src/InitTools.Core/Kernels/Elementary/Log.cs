using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Elementary;

/// <summary>
/// The natural logarithm. x = 2^e m with m in [sqrt(1/2), sqrt(2)); ln x = e ln 2 + ln m. For float32
/// ln(1+f) = f - f^2/2 + f^3 P(f); for float64 ln(1+f) = f - s (f - z R(z)) with s = f/(2+f), z = s^2, since
/// ln(1+f) = 2 artanh(s). P and R are minimax polynomials (relative error 2^-27 and 2^-59).
/// </summary>
/// <remarks>
/// Every x; 0 gives -infinity, a negative number NaN. Error at most 1 unit in the last place.
/// Source: Tang, Table-driven implementation of the logarithm function, ACM TOMS 16 (1990), for the argument split.
/// </remarks>
internal static class Log
{
    /// <summary>ln x for every x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Evaluate<T>(T x)
        where T : struct, ILanes<T>
    {
        T smallestNormal = T.Create(T.IsSingle ? 1.17549435e-38 : 2.2250738585072014e-308);
        T infinity = T.Create(double.PositiveInfinity);
        T subnormal = T.LessThan(x, smallestNormal);
        T scaled = T.Select(subnormal, x * T.Create(T.IsSingle ? 8388608.0 : 4503599627370496.0), x);
        T steps = Steps(scaled);
        T bias = T.Select(subnormal, T.Create(T.IsSingle ? -23.0 : -52.0), T.Create(0.0));
        T result = OfParts(scaled, steps, T.ConvertBits(steps) + bias);
        result = T.Select(T.LessThan(x, infinity), result, x);
        result = T.Select(T.GreaterThan(x, T.Create(0.0)), result, T.Create(double.NaN));
        return T.Select(T.Equal(x, T.Create(0.0)), -infinity, result);
    }

    /// <summary>ln x for positive normal x; anything else gives an unspecified number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Normal<T>(T x)
        where T : struct, ILanes<T>
    {
        T steps = Steps(x);
        return OfParts(x, steps, T.ConvertBits(steps));
    }

    // The e of x = 2^e m, as an integer: how many powers of two the pattern lies above that of sqrt(1/2).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Steps<T>(T x)
        where T : struct, ILanes<T>
    {
        // One call for each precision, for only a constant count becomes part of the instruction.
        if (T.IsSingle)
        {
            return T.ShiftBitsRightSigned(T.SubtractBits(x, T.FromBits(0x3F3504F3)), 23);
        }

        return T.ShiftBitsRightSigned(T.SubtractBits(x, T.FromBits(0x3FE6A09E667F3BCD)), 52);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T OfParts<T>(T x, T steps, T e)
        where T : struct, ILanes<T>
    {
        T f = T.SubtractBits(x, T.IsSingle ? T.ShiftBitsLeft(steps, 23) : T.ShiftBitsLeft(steps, 52)) - T.Create(1.0);
        if (T.IsSingle)
        {
            T square = f * f;
            T cubic = T.FusedMultiplyAdd(square, T.Create(-0.5), square * f * Cubic(f));
            T low = T.FusedMultiplyAdd(e, T.Create(-1.90465421e-9), cubic);
            return T.FusedMultiplyAdd(e, T.Create(0.693147182), low + f);
        }

        // With h = f^2/2: ln(1+f) = f - (h - s (h + z R(z))); e ln 2 comes in two parts, the larger one exact.
        T s = f / (T.Create(2.0) + f);
        T z = s * s;
        T h = f * f * T.Create(0.5);
        T inner = T.FusedMultiplyAdd(s, T.FusedMultiplyAdd(z, Artanh(z), h), e * T.Create(1.9082149292705877e-10));
        return T.FusedMultiplyAdd(e, T.Create(0.6931471803691238), f - (h - inner));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Cubic<T>(T x)
        where T : struct, ILanes<T>
    {
        T p = T.Create(-0.07634504);
        p = T.FusedMultiplyAdd(p, x, T.Create(0.1276158));
        p = T.FusedMultiplyAdd(p, x, T.Create(-0.1316018));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.14201757));
        p = T.FusedMultiplyAdd(p, x, T.Create(-0.16623357));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.20001227));
        p = T.FusedMultiplyAdd(p, x, T.Create(-0.2500082));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.3333333));
        return p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Artanh<T>(T x)
        where T : struct, ILanes<T>
    {
        T p = T.Create(0.1479610282554318);
        p = T.FusedMultiplyAdd(p, x, T.Create(0.15314036081432186));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.1818356485791278));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.2222219856362862));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.28571428742473876));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.3999999999941432));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.6666666666666734));
        return p;
    }
}
