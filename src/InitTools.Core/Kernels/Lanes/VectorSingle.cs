using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace InitTools.Kernels.Lanes;

/// <summary>As many float32 lanes as <see cref="Vector{T}"/> has on this machine.</summary>
internal readonly struct VectorSingle : ISingleLanes<VectorSingle>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // The JIT gives up inlining into a method with more than 512 locals. A reinterpretation needs fewer than a call of
    // the constructor, which doubles the length of a formula that still becomes straight code.
    private readonly Vector<float> _value;

    [MethodImpl(Inline)]
    private VectorSingle(Vector<float> value) => _value = value;

    public static int Count => Vector<float>.Count;

    public static bool IsSingle => true;

    [MethodImpl(Inline)]
    public static VectorSingle Create(double value) => new(new Vector<float>((float)value));

    [MethodImpl(Inline)]
    public static VectorSingle FromBits(ulong bits) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(Vector.AsVectorSingle(Vector.Create((uint)bits)));

    [MethodImpl(Inline)]
    public static VectorSingle Broadcast(float value) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(new Vector<float>(value));

    [MethodImpl(Inline)]
    public static VectorSingle Load(ref float source, nint offset) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(Vector.LoadUnsafe(ref source, (nuint)offset));

    [MethodImpl(Inline)]
    public static void Store(VectorSingle value, ref float destination, nint offset) =>
        value._value.StoreUnsafe(ref destination, (nuint)offset);

    [MethodImpl(Inline)]
    public static void StoreLowHalves(VectorSingle first, VectorSingle second, ref ushort destination, nint offset) =>
        Vector.Narrow(Vector.AsVectorUInt32(first._value), Vector.AsVectorUInt32(second._value))
            .StoreUnsafe(ref destination, (nuint)offset);

    [MethodImpl(Inline)]
    public static VectorSingle LoadWords(ref uint source, nint offset) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(
            Vector.AsVectorSingle(Vector.LoadUnsafe(ref source, (nuint)offset)));

    [MethodImpl(Inline)]
    public static VectorSingle LoadWidened(ref float source, nint offset) =>
        Load(ref source, offset);

    [MethodImpl(Inline)]
    public static VectorSingle LoadNarrowed(ref double source, nint offset) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(Vector.Narrow(
            Vector.LoadUnsafe(ref source, (nuint)offset),
            Vector.LoadUnsafe(ref source, (nuint)(offset + Vector<double>.Count))));

    [MethodImpl(Inline)]
    public static VectorSingle operator +(VectorSingle left, VectorSingle right) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(left._value + right._value);

    [MethodImpl(Inline)]
    public static VectorSingle operator -(VectorSingle left, VectorSingle right) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(left._value - right._value);

    [MethodImpl(Inline)]
    public static VectorSingle operator *(VectorSingle left, VectorSingle right) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(left._value * right._value);

    [MethodImpl(Inline)]
    public static VectorSingle operator /(VectorSingle left, VectorSingle right) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(left._value / right._value);

    [MethodImpl(Inline)]
    public static VectorSingle operator -(VectorSingle value) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(-value._value);

    [MethodImpl(Inline)]
    public static VectorSingle operator &(VectorSingle left, VectorSingle right) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(left._value & right._value);

    [MethodImpl(Inline)]
    public static VectorSingle operator |(VectorSingle left, VectorSingle right) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(left._value | right._value);

    [MethodImpl(Inline)]
    public static VectorSingle operator ^(VectorSingle left, VectorSingle right) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(left._value ^ right._value);

    [MethodImpl(Inline)]
    public static VectorSingle FusedMultiplyAdd(VectorSingle left, VectorSingle right, VectorSingle addend) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(Vector.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(Inline)]
    public static VectorSingle Sqrt(VectorSingle value) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(Vector.SquareRoot(value._value));

    [MethodImpl(Inline)]
    public static VectorSingle Abs(VectorSingle value) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(Vector.Abs(value._value));

    [MethodImpl(Inline)]
    public static VectorSingle Min(VectorSingle left, VectorSingle right) =>
        Avx.IsSupported && Vector<float>.Count == Vector256<float>.Count
            ? Unsafe.BitCast<Vector<float>, VectorSingle>(
                Avx.Min(left._value.AsVector256(), right._value.AsVector256()).AsVector())
            : Select(LessThan(left, right), left, right);

    [MethodImpl(Inline)]
    public static VectorSingle Max(VectorSingle left, VectorSingle right) =>
        Avx.IsSupported && Vector<float>.Count == Vector256<float>.Count
            ? Unsafe.BitCast<Vector<float>, VectorSingle>(
                Avx.Max(left._value.AsVector256(), right._value.AsVector256()).AsVector())
            : Select(GreaterThan(left, right), left, right);

    [MethodImpl(Inline)]
    public static VectorSingle LessThan(VectorSingle left, VectorSingle right) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(Vector.AsVectorSingle(Vector.LessThan(left._value, right._value)));

    [MethodImpl(Inline)]
    public static VectorSingle LessThanOrEqual(VectorSingle left, VectorSingle right) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(
            Vector.AsVectorSingle(Vector.LessThanOrEqual(left._value, right._value)));

    [MethodImpl(Inline)]
    public static VectorSingle GreaterThan(VectorSingle left, VectorSingle right) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(
            Vector.AsVectorSingle(Vector.GreaterThan(left._value, right._value)));

    [MethodImpl(Inline)]
    public static VectorSingle Equal(VectorSingle left, VectorSingle right) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(Vector.AsVectorSingle(Vector.Equals(left._value, right._value)));

    [MethodImpl(Inline)]
    public static VectorSingle Select(VectorSingle mask, VectorSingle whenSet, VectorSingle whenClear) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(
            Vector.ConditionalSelect(Vector.AsVectorInt32(mask._value), whenSet._value, whenClear._value));

    [MethodImpl(Inline)]
    public static VectorSingle AddBits(VectorSingle left, VectorSingle right) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(
            Vector.AsVectorSingle(Vector.AsVectorUInt32(left._value) + Vector.AsVectorUInt32(right._value)));

    [MethodImpl(Inline)]
    public static VectorSingle SubtractBits(VectorSingle left, VectorSingle right) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(
            Vector.AsVectorSingle(Vector.AsVectorUInt32(left._value) - Vector.AsVectorUInt32(right._value)));

    [MethodImpl(Inline)]
    public static VectorSingle ShiftBitsLeft(VectorSingle value, int count) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(
            Vector.AsVectorSingle(Vector.AsVectorUInt32(value._value) << count));

    [MethodImpl(Inline)]
    public static VectorSingle ShiftBitsRight(VectorSingle value, int count) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(
            Vector.AsVectorSingle(Vector.AsVectorUInt32(value._value) >>> count));

    [MethodImpl(Inline)]
    public static VectorSingle ShiftBitsRightSigned(VectorSingle value, int count) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(Vector.AsVectorSingle(Vector.AsVectorInt32(value._value) >> count));

    [MethodImpl(Inline)]
    public static VectorSingle ConvertBits(VectorSingle value) =>
        Unsafe.BitCast<Vector<float>, VectorSingle>(Vector.ConvertToSingle(Vector.AsVectorInt32(value._value)));
}
