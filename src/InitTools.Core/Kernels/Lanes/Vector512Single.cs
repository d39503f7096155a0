using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace InitTools.Kernels.Lanes;

/// <summary>16 float32 lanes, for machines with AVX-512.</summary>
internal readonly struct Vector512Single : ISingleLanes<Vector512Single>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // The JIT gives up inlining into a method with more than 512 locals. A reinterpretation needs fewer than a call of
    // the constructor, which doubles the length of a formula that still becomes straight code.
    private readonly Vector512<float> _value;

    [MethodImpl(Inline)]
    private Vector512Single(Vector512<float> value) => _value = value;

    public static int Count => Vector512<float>.Count;

    public static bool IsSingle => true;

    [MethodImpl(Inline)]
    public static Vector512Single Create(double value) => new(Vector512.Create((float)value));

    [MethodImpl(Inline)]
    public static Vector512Single FromBits(ulong bits) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(Vector512.Create((uint)bits).AsSingle());

    [MethodImpl(Inline)]
    public static Vector512Single Broadcast(float value) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(Vector512.Create(value));

    [MethodImpl(Inline)]
    public static Vector512Single Load(ref float source, nint offset) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(Vector512.LoadUnsafe(ref source, (nuint)offset));

    [MethodImpl(Inline)]
    public static void Store(Vector512Single value, ref float destination, nint offset) =>
        value._value.StoreUnsafe(ref destination, (nuint)offset);

    [MethodImpl(Inline)]
    public static void StoreLowHalves(
        Vector512Single first, Vector512Single second, ref ushort destination, nint offset) =>
        Vector512.Narrow(first._value.AsUInt32(), second._value.AsUInt32())
            .StoreUnsafe(ref destination, (nuint)offset);

    [MethodImpl(Inline)]
    public static Vector512Single LoadWords(ref uint source, nint offset) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(Vector512.LoadUnsafe(ref source, (nuint)offset).AsSingle());

    [MethodImpl(Inline)]
    public static Vector512Single LoadWidened(ref float source, nint offset) =>
        Load(ref source, offset);

    [MethodImpl(Inline)]
    public static Vector512Single LoadNarrowed(ref double source, nint offset) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(Vector512.Narrow(
            Vector512.LoadUnsafe(ref source, (nuint)offset),
            Vector512.LoadUnsafe(ref source, (nuint)(offset + Vector512<double>.Count))));

    [MethodImpl(Inline)]
    public static Vector512Single operator +(Vector512Single left, Vector512Single right) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(left._value + right._value);

    [MethodImpl(Inline)]
    public static Vector512Single operator -(Vector512Single left, Vector512Single right) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(left._value - right._value);

    [MethodImpl(Inline)]
    public static Vector512Single operator *(Vector512Single left, Vector512Single right) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(left._value * right._value);

    [MethodImpl(Inline)]
    public static Vector512Single operator /(Vector512Single left, Vector512Single right) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(left._value / right._value);

    [MethodImpl(Inline)]
    public static Vector512Single operator -(Vector512Single value) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(-value._value);

    [MethodImpl(Inline)]
    public static Vector512Single operator &(Vector512Single left, Vector512Single right) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(left._value & right._value);

    [MethodImpl(Inline)]
    public static Vector512Single operator |(Vector512Single left, Vector512Single right) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(left._value | right._value);

    [MethodImpl(Inline)]
    public static Vector512Single operator ^(Vector512Single left, Vector512Single right) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(left._value ^ right._value);

    [MethodImpl(Inline)]
    public static Vector512Single FusedMultiplyAdd(
        Vector512Single left, Vector512Single right, Vector512Single addend) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(
            Vector512.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(Inline)]
    public static Vector512Single Sqrt(Vector512Single value) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(Vector512.Sqrt(value._value));

    [MethodImpl(Inline)]
    public static Vector512Single Abs(Vector512Single value) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(Vector512.Abs(value._value));

    [MethodImpl(Inline)]
    public static Vector512Single Min(Vector512Single left, Vector512Single right) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(Avx512F.Min(left._value, right._value));

    [MethodImpl(Inline)]
    public static Vector512Single Max(Vector512Single left, Vector512Single right) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(Avx512F.Max(left._value, right._value));

    [MethodImpl(Inline)]
    public static Vector512Single LessThan(Vector512Single left, Vector512Single right) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(Vector512.LessThan(left._value, right._value));

    [MethodImpl(Inline)]
    public static Vector512Single LessThanOrEqual(Vector512Single left, Vector512Single right) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(Vector512.LessThanOrEqual(left._value, right._value));

    [MethodImpl(Inline)]
    public static Vector512Single GreaterThan(Vector512Single left, Vector512Single right) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(Vector512.GreaterThan(left._value, right._value));

    [MethodImpl(Inline)]
    public static Vector512Single Equal(Vector512Single left, Vector512Single right) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(Vector512.Equals(left._value, right._value));

    [MethodImpl(Inline)]
    public static Vector512Single Select(Vector512Single mask, Vector512Single whenSet, Vector512Single whenClear) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(
            Vector512.ConditionalSelect(mask._value, whenSet._value, whenClear._value));

    [MethodImpl(Inline)]
    public static Vector512Single AddBits(Vector512Single left, Vector512Single right) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(
            (left._value.AsUInt32() + right._value.AsUInt32()).AsSingle());

    [MethodImpl(Inline)]
    public static Vector512Single SubtractBits(Vector512Single left, Vector512Single right) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(
            (left._value.AsUInt32() - right._value.AsUInt32()).AsSingle());

    [MethodImpl(Inline)]
    public static Vector512Single ShiftBitsLeft(Vector512Single value, int count) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>((value._value.AsUInt32() << count).AsSingle());

    [MethodImpl(Inline)]
    public static Vector512Single ShiftBitsRight(Vector512Single value, int count) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>((value._value.AsUInt32() >>> count).AsSingle());

    [MethodImpl(Inline)]
    public static Vector512Single ShiftBitsRightSigned(Vector512Single value, int count) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>((value._value.AsInt32() >> count).AsSingle());

    [MethodImpl(Inline)]
    public static Vector512Single ConvertBits(Vector512Single value) =>
        Unsafe.BitCast<Vector512<float>, Vector512Single>(Vector512.ConvertToSingle(value._value.AsInt32()));
}
