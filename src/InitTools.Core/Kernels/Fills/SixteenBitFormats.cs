using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Fills;

/// <summary>A 16-bit format that float32 numbers are rounded to, nearest even.</summary>
internal interface ISixteenBitFormat
{
    /// <summary>The rounded number in the low 16 bits of each float32 lane, zeros above. Not for NaN.</summary>
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
/// IEEE binary16. Normal results are rounded like <see cref="BFloat16Format"/> and given the smaller exponent bias;
/// subnormal ones by adding 1/2, whose last place is the smallest subnormal binary16 number; 65520 and more is
/// infinite.
/// </summary>
internal readonly struct Float16Format : ISixteenBitFormat
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Round<T>(T value)
        where T : struct, ILanes<T>
    {
        T magnitude = T.Abs(value);
        T sign = T.ShiftBitsRight(value ^ magnitude, 16);
        T odd = T.ShiftBitsRight(magnitude, 13) & T.FromBits(1);

        // 0xFFF to round, less 112 in the exponent.
        T normal = T.ShiftBitsRight(T.AddBits(T.AddBits(magnitude, T.FromBits(0xC8000FFF)), odd), 13);
        T subnormal = T.SubtractBits(magnitude + T.Create(0.5), T.Create(0.5));
        T result = T.Select(T.LessThan(magnitude, T.Create(6.103515625e-5)), subnormal, normal);
        return T.Select(T.LessThan(magnitude, T.Create(65520.0)), result, T.FromBits(0x7C00)) | sign;
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
