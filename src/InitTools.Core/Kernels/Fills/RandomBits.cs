using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Fills;

/// <summary>
/// Random bit patterns from words, and numbers from bit patterns. A pattern has 32 bits in float32 lanes and 64 in
/// float64 lanes, the lower word first; "one unit" below is 2^-32 or 2^-64.
/// </summary>
internal static class RandomBits
{
    /// <summary>The elements of a row.</summary>
    public const int RowLength = 16;

    /// <summary>The patterns of an element and those behind it in its row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Load<T>(ref uint words, nint element)
        where T : struct, ILanes<T>
    {
        if (T.IsSingle)
        {
            return T.LoadWords(ref words, element);
        }

        // A row of float64 elements takes two rows of words.
        nint place = element + (element & -RowLength);
        return T.LoadWords(ref words, place) | T.ShiftBitsLeft(T.LoadWords(ref words, place + RowLength), 32);
    }

    /// <summary>The highest 24 or 53 bits as a fraction in [0, 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T HalfOpenFraction<T>(T bits)
        where T : struct, ILanes<T> =>
        T.ConvertBits(T.IsSingle ? T.ShiftBitsRight(bits, 8) : T.ShiftBitsRight(bits, 11)) *
        T.Create(T.IsSingle ? 5.9604644775390625e-8 : 1.1102230246251565e-16);

    /// <summary>
    /// The highest 31 or 63 bits as a fraction in (0, 1], (k + 1/2) 2^-31 or 2^-63, so rounded that small fractions
    /// keep their full precision. The lowest bit is left for other use.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T PositiveFraction<T>(T bits)
        where T : struct, ILanes<T> =>
        T.FusedMultiplyAdd(
            T.ConvertBits(T.ShiftBitsRight(bits, 1)),
            T.Create(T.IsSingle ? 4.6566128730773926e-10 : 1.0842021724855044e-19),
            T.Create(T.IsSingle ? 2.3283064365386963e-10 : 5.421010862427522e-20));

    /// <summary>All bits as a signed fraction in [-1/2, 1/2], rounded to nearest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T SignedFraction<T>(T bits)
        where T : struct, ILanes<T> =>
        T.ConvertBits(bits) * T.Create(T.IsSingle ? 2.3283064365386963e-10 : 5.421010862427522e-20);

    /// <summary>The lowest bit as the sign bit of a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LowestBitAsSign<T>(T bits)
        where T : struct, ILanes<T> => T.IsSingle ? T.ShiftBitsLeft(bits, 31) : T.ShiftBitsLeft(bits, 63);
}
