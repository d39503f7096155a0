using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Elementary;

/// <summary>
/// e^x = 2^n e^r with x = n ln 2 + r, |r| at most ln(2)/2 and e^r - 1 as in <see cref="Expm1"/>.
/// </summary>
/// <remarks>
/// Every x, subnormal results rounded once. Error at most 1 unit in the last place. Source: Tang, Table-driven
/// implementation of the exponential function, ACM TOMS 15 (1989), for the argument split.
/// </remarks>
internal static class Exp
{
    /// <summary>e^x for every x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Evaluate<T>(T x)
        where T : struct, ILanes<T>
    {
        // Beyond these bounds the result is 0 or infinite anyway; the order of operands lets NaN through.
        T bounded = T.Max(T.Create(T.IsSingle ? -105.0 : -746.0), T.Min(T.Create(T.IsSingle ? 90.0 : 711.0), x));
        T shifted = ShiftedPower(bounded);
        T result = T.Create(1.0) + Expm1.OfReduced(Remainder(bounded, shifted));

        // 2^n in two factors: either is a normal number even where the result is not.
        T power = T.SubtractBits(shifted, Shift<T>());
        T firstHalf = T.ShiftBitsRightSigned(power, 1);
        T secondHalf = T.SubtractBits(power, firstHalf);
        return result * PowerOfTwo(firstHalf) * PowerOfTwo(secondHalf);
    }

    /// <summary>
    /// The integer nearest to x / ln 2 plus a number so large that its last bit is worth 1: the low bits of the
    /// pattern are the integer.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T ShiftedPower<T>(T x)
        where T : struct, ILanes<T> => T.FusedMultiplyAdd(x, T.Create(1.4426950408889634), Shift<T>());

    /// <summary>x - n ln 2 for the n in <see cref="ShiftedPower"/>, ln 2 in two parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Remainder<T>(T x, T shiftedPower)
        where T : struct, ILanes<T>
    {
        T n = shiftedPower - Shift<T>();
        T r = T.FusedMultiplyAdd(n, T.Create(T.IsSingle ? -0.693145752 : -0.6931471803691238), x);
        return T.FusedMultiplyAdd(n, T.Create(T.IsSingle ? -1.42860677e-6 : -1.9082149292705877e-10), r);
    }

    /// <summary>2^n for an integer bit pattern n (or one in the low bits) that gives a normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T PowerOfTwo<T>(T n)
        where T : struct, ILanes<T> => T.IsSingle
            ? T.ShiftBitsLeft(T.AddBits(n, T.FromBits(127)), 23)
            : T.ShiftBitsLeft(T.AddBits(n, T.FromBits(1023)), 52);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Shift<T>()
        where T : struct, ILanes<T> => T.Create(T.IsSingle ? 12582912.0 : 6755399441055744.0);
}
