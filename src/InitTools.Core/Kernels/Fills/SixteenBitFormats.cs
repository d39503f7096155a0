using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Fills;

/// <summary>A 16-bit format that float32 numbers are rounded to, nearest even.</summary>
internal interface ISixteenBitFormat
{
    /// <summary>The rounded number in the low 16 bits of each float32 lane; any bits above. Not for NaN.</summary>
    public static abstract T Round<T>(T value)
        where T : struct, ILanes<T>;
}

/// <summary>BFloat16: the upper half of a float32 pattern, after adding just under half of what is cut off.</summary>
internal readonly struct BFloat16Format : ISixteenBitFormat
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Round<T>(T value)
        where T : struct, ILanes<T>
    {
        T odd = T.ShiftBitsRight(value, 16) & T.FromBits(1);
        return T.ShiftBitsRight(T.AddBits(T.AddBits(value, T.FromBits(0x7FFF)), odd), 16);
    }
}

/// <summary>
/// IEEE binary16. With p the power of two at or below |x|, at least that of the smallest normal number, 2^-14, the sum
/// |x| + 2^13 p has the last place of binary16 numbers as its own, so that the addition rounds; its low bits are then
/// |x| / (2^-10 p), to which the exponent is added. 65520 and more is infinite.
/// </summary>
internal readonly struct Float16Format : ISixteenBitFormat
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Round<T>(T value)
        where T : struct, ILanes<T>
    {
        T magnitude = T.Min(T.Abs(value), T.Create(65536.0));
        T power = T.Max(magnitude & T.FromBits(0x7F800000), T.Create(6.103515625e-5));

        // 13 in the exponent; and what p's pattern, shifted, exceeds binary16's exponent by: -113 2^10 modulo 2^16,
        // which is even and so leaves ties as they are.
        T sum = magnitude + T.AddBits(power, T.FromBits((13 << 23) | 0x3C00));
        T bits = T.AddBits(sum, T.ShiftBitsRight(power, 13));
        return bits | (T.ShiftBitsRight(value, 16) & T.FromBits(0x8000));
    }
}

/// <summary>Rounds float32 numbers to a 16-bit format.</summary>
internal static class SixteenBitRounding
{
    /// <summary>Rounds a multiple of 32 numbers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Round<T, TFormat>(ref float source, ref ushort destination, nint count)
        where T : struct, ISingleLanes<T>
        where TFormat : struct, ISixteenBitFormat
    {
        for (nint i = 0; i < count; i += 2 * T.Count)
        {
            T first = TFormat.Round(T.Load(ref source, i));
            T second = TFormat.Round(T.Load(ref source, i + T.Count));
            T.StoreLowHalves(first, second, ref destination, i);
        }
    }
}
