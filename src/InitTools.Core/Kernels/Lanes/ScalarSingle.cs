using System.Runtime.CompilerServices;

namespace InitTools.Kernels.Lanes;

/// <summary>One float32 lane: the reference, and the tail of every vector loop.</summary>
internal readonly struct ScalarSingle : ISingleLanes<ScalarSingle>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly float _value;

    [MethodImpl(Inline)]
    private ScalarSingle(float value) => _value = value;

    private uint Bits
    {
        [MethodImpl(Inline)]
        get => BitConverter.SingleToUInt32Bits(_value);
    }

    public static int Count => 1;

    public static bool IsSingle => true;

    /// <summary>The lane's number.</summary>
    [MethodImpl(Inline)]
    public static float ToElement(ScalarSingle value) => value._value;

    [MethodImpl(Inline)]
    public static ScalarSingle Create(double value) => new((float)value);

    [MethodImpl(Inline)]
    public static ScalarSingle FromBits(ulong bits) => FromPattern((uint)bits);

    [MethodImpl(Inline)]
    public static ScalarSingle Broadcast(float value) => new(value);

    [MethodImpl(Inline)]
    public static ScalarSingle Load(ref float source, nint offset) => new(Unsafe.Add(ref source, offset));

    [MethodImpl(Inline)]
    public static void Store(ScalarSingle value, ref float destination, nint offset) =>
        Unsafe.Add(ref destination, offset) = value._value;

    [MethodImpl(Inline)]
    public static void StoreLowHalves(ScalarSingle first, ScalarSingle second, ref ushort destination, nint offset)
    {
        Unsafe.Add(ref destination, offset) = (ushort)first.Bits;
        Unsafe.Add(ref destination, offset + 1) = (ushort)second.Bits;
    }

    [MethodImpl(Inline)]
    public static ScalarSingle LoadWords(ref uint source, nint offset) =>
        FromPattern(Unsafe.Add(ref source, offset));

    [MethodImpl(Inline)]
    public static ScalarSingle LoadWidened(ref float source, nint offset) =>
        new(Unsafe.Add(ref source, offset));

    [MethodImpl(Inline)]
    public static ScalarSingle LoadNarrowed(ref double source, nint offset) =>
        new((float)Unsafe.Add(ref source, offset));

    [MethodImpl(Inline)]
    public static ScalarSingle operator +(ScalarSingle left, ScalarSingle right) => new(left._value + right._value);

    [MethodImpl(Inline)]
    public static ScalarSingle operator -(ScalarSingle left, ScalarSingle right) => new(left._value - right._value);

    [MethodImpl(Inline)]
    public static ScalarSingle operator *(ScalarSingle left, ScalarSingle right) => new(left._value * right._value);

    [MethodImpl(Inline)]
    public static ScalarSingle operator /(ScalarSingle left, ScalarSingle right) => new(left._value / right._value);

    [MethodImpl(Inline)]
    public static ScalarSingle operator -(ScalarSingle value) => new(-value._value);

    [MethodImpl(Inline)]
    public static ScalarSingle operator &(ScalarSingle left, ScalarSingle right) =>
        FromPattern(left.Bits & right.Bits);

    [MethodImpl(Inline)]
    public static ScalarSingle operator |(ScalarSingle left, ScalarSingle right) =>
        FromPattern(left.Bits | right.Bits);

    [MethodImpl(Inline)]
    public static ScalarSingle operator ^(ScalarSingle left, ScalarSingle right) =>
        FromPattern(left.Bits ^ right.Bits);

    [MethodImpl(Inline)]
    public static ScalarSingle FusedMultiplyAdd(ScalarSingle left, ScalarSingle right, ScalarSingle addend) =>
        new(MathF.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(Inline)]
    public static ScalarSingle Sqrt(ScalarSingle value) => new(MathF.Sqrt(value._value));

    [MethodImpl(Inline)]
    public static ScalarSingle Abs(ScalarSingle value) => new(MathF.Abs(value._value));

    [MethodImpl(Inline)]
    public static ScalarSingle Min(ScalarSingle left, ScalarSingle right) => left._value < right._value ? left : right;

    [MethodImpl(Inline)]
    public static ScalarSingle Max(ScalarSingle left, ScalarSingle right) => left._value > right._value ? left : right;

    [MethodImpl(Inline)]
    public static ScalarSingle LessThan(ScalarSingle left, ScalarSingle right) => Mask(left._value < right._value);

    [MethodImpl(Inline)]
    public static ScalarSingle LessThanOrEqual(ScalarSingle left, ScalarSingle right) =>
        Mask(left._value <= right._value);

    [MethodImpl(Inline)]
    public static ScalarSingle GreaterThan(ScalarSingle left, ScalarSingle right) => Mask(left._value > right._value);

    [MethodImpl(Inline)]
    public static ScalarSingle Equal(ScalarSingle left, ScalarSingle right) => Mask(left._value == right._value);

    [MethodImpl(Inline)]
    public static ScalarSingle Select(ScalarSingle mask, ScalarSingle whenSet, ScalarSingle whenClear) =>
        mask.Bits != 0 ? whenSet : whenClear;

    [MethodImpl(Inline)]
    public static ScalarSingle AddBits(ScalarSingle left, ScalarSingle right) =>
        FromPattern(left.Bits + right.Bits);

    [MethodImpl(Inline)]
    public static ScalarSingle SubtractBits(ScalarSingle left, ScalarSingle right) =>
        FromPattern(left.Bits - right.Bits);

    [MethodImpl(Inline)]
    public static ScalarSingle ShiftBitsLeft(ScalarSingle value, int count) =>
        FromPattern(value.Bits << count);

    [MethodImpl(Inline)]
    public static ScalarSingle ShiftBitsRight(ScalarSingle value, int count) =>
        FromPattern(value.Bits >> count);

    [MethodImpl(Inline)]
    public static ScalarSingle ShiftBitsRightSigned(ScalarSingle value, int count) =>
        new(BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value._value) >> count));

    [MethodImpl(Inline)]
    public static ScalarSingle ConvertBits(ScalarSingle value) => new(BitConverter.SingleToInt32Bits(value._value));

    [MethodImpl(Inline)]
    private static ScalarSingle Mask(bool set) => FromPattern(set ? uint.MaxValue : 0);

    [MethodImpl(Inline)]
    private static ScalarSingle FromPattern(uint bits) => new(BitConverter.UInt32BitsToSingle(bits));
}
