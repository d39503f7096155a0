using System.Runtime.CompilerServices;

namespace InitTools.Kernels.Lanes;

/// <summary>One float64 lane: the reference, and the tail of every vector loop.</summary>
internal readonly struct ScalarDouble : ILanes<ScalarDouble, double>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly double _value;

    [MethodImpl(Inline)]
    private ScalarDouble(double value) => _value = value;

    private ulong Bits
    {
        [MethodImpl(Inline)]
        get => BitConverter.DoubleToUInt64Bits(_value);
    }

    public static int Count => 1;

    public static bool IsSingle => false;

    /// <summary>The lane's number.</summary>
    [MethodImpl(Inline)]
    public static double ToElement(ScalarDouble value) => value._value;

    [MethodImpl(Inline)]
    public static ScalarDouble Create(double value) => new(value);

    [MethodImpl(Inline)]
    public static ScalarDouble FromBits(ulong bits) => FromPattern(bits);

    [MethodImpl(Inline)]
    public static ScalarDouble Broadcast(double value) => new(value);

    [MethodImpl(Inline)]
    public static ScalarDouble Load(ref double source, nint offset) => new(Unsafe.Add(ref source, offset));

    [MethodImpl(Inline)]
    public static void Store(ScalarDouble value, ref double destination, nint offset) =>
        Unsafe.Add(ref destination, offset) = value._value;

    [MethodImpl(Inline)]
    public static ScalarDouble LoadWords(ref uint source, nint offset) =>
        FromPattern(Unsafe.Add(ref source, offset));

    [MethodImpl(Inline)]
    public static ScalarDouble LoadWidened(ref float source, nint offset) =>
        new(Unsafe.Add(ref source, offset));

    [MethodImpl(Inline)]
    public static ScalarDouble LoadNarrowed(ref double source, nint offset) =>
        new(Unsafe.Add(ref source, offset));

    [MethodImpl(Inline)]
    public static ScalarDouble operator +(ScalarDouble left, ScalarDouble right) => new(left._value + right._value);

    [MethodImpl(Inline)]
    public static ScalarDouble operator -(ScalarDouble left, ScalarDouble right) => new(left._value - right._value);

    [MethodImpl(Inline)]
    public static ScalarDouble operator *(ScalarDouble left, ScalarDouble right) => new(left._value * right._value);

    [MethodImpl(Inline)]
    public static ScalarDouble operator /(ScalarDouble left, ScalarDouble right) => new(left._value / right._value);

    [MethodImpl(Inline)]
    public static ScalarDouble operator -(ScalarDouble value) => new(-value._value);

    [MethodImpl(Inline)]
    public static ScalarDouble operator &(ScalarDouble left, ScalarDouble right) =>
        FromPattern(left.Bits & right.Bits);

    [MethodImpl(Inline)]
    public static ScalarDouble operator |(ScalarDouble left, ScalarDouble right) =>
        FromPattern(left.Bits | right.Bits);

    [MethodImpl(Inline)]
    public static ScalarDouble operator ^(ScalarDouble left, ScalarDouble right) =>
        FromPattern(left.Bits ^ right.Bits);

    [MethodImpl(Inline)]
    public static ScalarDouble FusedMultiplyAdd(ScalarDouble left, ScalarDouble right, ScalarDouble addend) =>
        new(Math.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(Inline)]
    public static ScalarDouble Sqrt(ScalarDouble value) => new(Math.Sqrt(value._value));

    [MethodImpl(Inline)]
    public static ScalarDouble Abs(ScalarDouble value) => new(Math.Abs(value._value));

    [MethodImpl(Inline)]
    public static ScalarDouble Min(ScalarDouble left, ScalarDouble right) => left._value < right._value ? left : right;

    [MethodImpl(Inline)]
    public static ScalarDouble Max(ScalarDouble left, ScalarDouble right) => left._value > right._value ? left : right;

    [MethodImpl(Inline)]
    public static ScalarDouble LessThan(ScalarDouble left, ScalarDouble right) => Mask(left._value < right._value);

    [MethodImpl(Inline)]
    public static ScalarDouble LessThanOrEqual(ScalarDouble left, ScalarDouble right) =>
        Mask(left._value <= right._value);

    [MethodImpl(Inline)]
    public static ScalarDouble GreaterThan(ScalarDouble left, ScalarDouble right) => Mask(left._value > right._value);

    [MethodImpl(Inline)]
    public static ScalarDouble Equal(ScalarDouble left, ScalarDouble right) => Mask(left._value == right._value);

    [MethodImpl(Inline)]
    public static ScalarDouble Select(ScalarDouble mask, ScalarDouble whenSet, ScalarDouble whenClear) =>
        mask.Bits != 0 ? whenSet : whenClear;

    [MethodImpl(Inline)]
    public static ScalarDouble AddBits(ScalarDouble left, ScalarDouble right) =>
        FromPattern(left.Bits + right.Bits);

    [MethodImpl(Inline)]
    public static ScalarDouble SubtractBits(ScalarDouble left, ScalarDouble right) =>
        FromPattern(left.Bits - right.Bits);

    [MethodImpl(Inline)]
    public static ScalarDouble ShiftBitsLeft(ScalarDouble value, int count) =>
        FromPattern(value.Bits << count);

    [MethodImpl(Inline)]
    public static ScalarDouble ShiftBitsRight(ScalarDouble value, int count) =>
        FromPattern(value.Bits >> count);

    [MethodImpl(Inline)]
    public static ScalarDouble ShiftBitsRightSigned(ScalarDouble value, int count) =>
        new(BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value._value) >> count));

    [MethodImpl(Inline)]
    public static ScalarDouble ConvertBits(ScalarDouble value) => new(BitConverter.DoubleToInt64Bits(value._value));

    [MethodImpl(Inline)]
    private static ScalarDouble Mask(bool set) => FromPattern(set ? ulong.MaxValue : 0);

    [MethodImpl(Inline)]
    private static ScalarDouble FromPattern(ulong bits) => new(BitConverter.UInt64BitsToDouble(bits));
}
