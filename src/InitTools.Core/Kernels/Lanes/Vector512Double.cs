using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace InitTools.Kernels.Lanes;

/// <summary>8 float64 lanes, for machines with AVX-512.</summary>
internal readonly struct Vector512Double : ILanes<Vector512Double, double>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // The JIT gives up inlining into a method with more than 512 locals. A reinterpretation needs fewer than a call of
    // the constructor, which doubles the length of a formula that still becomes straight code.
    private readonly Vector512<double> _value;

    [MethodImpl(Inline)]
    private Vector512Double(Vector512<double> value) => _value = value;

    public static int Count => Vector512<double>.Count;

    public static bool IsSingle => false;

    [MethodImpl(Inline)]
    public static Vector512Double Create(double value) => new(Vector512.Create(value));

    [MethodImpl(Inline)]
    public static Vector512Double FromBits(ulong bits) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(Vector512.Create(bits).AsDouble());

    [MethodImpl(Inline)]
    public static Vector512Double Broadcast(double value) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(Vector512.Create(value));

    [MethodImpl(Inline)]
    public static Vector512Double Load(ref double source, nint offset) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(Vector512.LoadUnsafe(ref source, (nuint)offset));

    [MethodImpl(Inline)]
    public static void Store(Vector512Double value, ref double destination, nint offset) =>
        value._value.StoreUnsafe(ref destination, (nuint)offset);

    [MethodImpl(Inline)]
    public static Vector512Double LoadWords(ref uint source, nint offset) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(
            Avx512F.ConvertToVector512UInt64(Vector256.LoadUnsafe(ref source, (nuint)offset)).AsDouble());

    [MethodImpl(Inline)]
    public static Vector512Double LoadWidened(ref float source, nint offset) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(
            Avx512F.ConvertToVector512Double(Vector256.LoadUnsafe(ref source, (nuint)offset)));

    [MethodImpl(Inline)]
    public static Vector512Double LoadNarrowed(ref double source, nint offset) =>
        Load(ref source, offset);

    [MethodImpl(Inline)]
    public static Vector512Double operator +(Vector512Double left, Vector512Double right) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(left._value + right._value);

    [MethodImpl(Inline)]
    public static Vector512Double operator -(Vector512Double left, Vector512Double right) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(left._value - right._value);

    [MethodImpl(Inline)]
    public static Vector512Double operator *(Vector512Double left, Vector512Double right) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(left._value * right._value);

    [MethodImpl(Inline)]
    public static Vector512Double operator /(Vector512Double left, Vector512Double right) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(left._value / right._value);

    [MethodImpl(Inline)]
    public static Vector512Double operator -(Vector512Double value) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(-value._value);

    [MethodImpl(Inline)]
    public static Vector512Double operator &(Vector512Double left, Vector512Double right) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(left._value & right._value);

    [MethodImpl(Inline)]
    public static Vector512Double operator |(Vector512Double left, Vector512Double right) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(left._value | right._value);

    [MethodImpl(Inline)]
    public static Vector512Double operator ^(Vector512Double left, Vector512Double right) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(left._value ^ right._value);

    [MethodImpl(Inline)]
    public static Vector512Double FusedMultiplyAdd(
        Vector512Double left, Vector512Double right, Vector512Double addend) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(
            Vector512.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(Inline)]
    public static Vector512Double Sqrt(Vector512Double value) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(Vector512.Sqrt(value._value));

    [MethodImpl(Inline)]
    public static Vector512Double Abs(Vector512Double value) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(Vector512.Abs(value._value));

    [MethodImpl(Inline)]
    public static Vector512Double Min(Vector512Double left, Vector512Double right) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(Avx512F.Min(left._value, right._value));

    [MethodImpl(Inline)]
    public static Vector512Double Max(Vector512Double left, Vector512Double right) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(Avx512F.Max(left._value, right._value));

    [MethodImpl(Inline)]
    public static Vector512Double LessThan(Vector512Double left, Vector512Double right) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(Vector512.LessThan(left._value, right._value));

    [MethodImpl(Inline)]
    public static Vector512Double LessThanOrEqual(Vector512Double left, Vector512Double right) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(Vector512.LessThanOrEqual(left._value, right._value));

    [MethodImpl(Inline)]
    public static Vector512Double GreaterThan(Vector512Double left, Vector512Double right) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(Vector512.GreaterThan(left._value, right._value));

    [MethodImpl(Inline)]
    public static Vector512Double Equal(Vector512Double left, Vector512Double right) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(Vector512.Equals(left._value, right._value));

    [MethodImpl(Inline)]
    public static Vector512Double Select(Vector512Double mask, Vector512Double whenSet, Vector512Double whenClear) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(
            Vector512.ConditionalSelect(mask._value, whenSet._value, whenClear._value));

    [MethodImpl(Inline)]
    public static Vector512Double AddBits(Vector512Double left, Vector512Double right) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(
            (left._value.AsUInt64() + right._value.AsUInt64()).AsDouble());

    [MethodImpl(Inline)]
    public static Vector512Double SubtractBits(Vector512Double left, Vector512Double right) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(
            (left._value.AsUInt64() - right._value.AsUInt64()).AsDouble());

    [MethodImpl(Inline)]
    public static Vector512Double ShiftBitsLeft(Vector512Double value, int count) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>((value._value.AsUInt64() << count).AsDouble());

    [MethodImpl(Inline)]
    public static Vector512Double ShiftBitsRight(Vector512Double value, int count) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>((value._value.AsUInt64() >>> count).AsDouble());

    [MethodImpl(Inline)]
    public static Vector512Double ShiftBitsRightSigned(Vector512Double value, int count) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>((value._value.AsInt64() >> count).AsDouble());

    [MethodImpl(Inline)]
    public static Vector512Double ConvertBits(Vector512Double value) =>
        Unsafe.BitCast<Vector512<double>, Vector512Double>(Vector512.ConvertToDouble(value._value.AsInt64()));
}
