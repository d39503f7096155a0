using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace InitTools.Kernels.Lanes;

/// <summary>As many float64 lanes as <see cref="Vector{T}"/> has on this machine.</summary>
internal readonly struct VectorDouble : ILanes<VectorDouble, double>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // The JIT gives up inlining into a method with more than 512 locals. A reinterpretation needs fewer than a call of
    // the constructor, which doubles the length of a formula that still becomes straight code.
    private readonly Vector<double> _value;

    [MethodImpl(Inline)]
    private VectorDouble(Vector<double> value) => _value = value;

    public static int Count => Vector<double>.Count;

    public static bool IsSingle => false;

    [MethodImpl(Inline)]
    public static VectorDouble Create(double value) => new(new Vector<double>(value));

    [MethodImpl(Inline)]
    public static VectorDouble FromBits(ulong bits) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(Vector.AsVectorDouble(Vector.Create(bits)));

    [MethodImpl(Inline)]
    public static VectorDouble Broadcast(double value) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(new Vector<double>(value));

    [MethodImpl(Inline)]
    public static VectorDouble Load(ref double source, nint offset) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(Vector.LoadUnsafe(ref source, (nuint)offset));

    [MethodImpl(Inline)]
    public static void Store(VectorDouble value, ref double destination, nint offset) =>
        value._value.StoreUnsafe(ref destination, (nuint)offset);

    [MethodImpl(Inline)]
    public static VectorDouble LoadWords(ref uint source, nint offset) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(
            Vector.AsVectorDouble(Vector.WidenLower(Vector.LoadUnsafe(ref source, (nuint)offset))));

    [MethodImpl(Inline)]
    public static VectorDouble LoadWidened(ref float source, nint offset) => Count switch
    {
        2 =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(
            Vector128.WidenLower(Vector64.LoadUnsafe(ref source, (nuint)offset).ToVector128Unsafe()).AsVector()),
        4 =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(
            Vector256.WidenLower(Vector128.LoadUnsafe(ref source, (nuint)offset).ToVector256Unsafe()).AsVector()),
        _ =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(
            Vector512.WidenLower(Vector256.LoadUnsafe(ref source, (nuint)offset).ToVector512Unsafe()).AsVector()),
    };

    [MethodImpl(Inline)]
    public static VectorDouble LoadNarrowed(ref double source, nint offset) =>
        Load(ref source, offset);

    [MethodImpl(Inline)]
    public static VectorDouble operator +(VectorDouble left, VectorDouble right) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(left._value + right._value);

    [MethodImpl(Inline)]
    public static VectorDouble operator -(VectorDouble left, VectorDouble right) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(left._value - right._value);

    [MethodImpl(Inline)]
    public static VectorDouble operator *(VectorDouble left, VectorDouble right) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(left._value * right._value);

    [MethodImpl(Inline)]
    public static VectorDouble operator /(VectorDouble left, VectorDouble right) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(left._value / right._value);

    [MethodImpl(Inline)]
    public static VectorDouble operator -(VectorDouble value) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(-value._value);

    [MethodImpl(Inline)]
    public static VectorDouble operator &(VectorDouble left, VectorDouble right) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(left._value & right._value);

    [MethodImpl(Inline)]
    public static VectorDouble operator |(VectorDouble left, VectorDouble right) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(left._value | right._value);

    [MethodImpl(Inline)]
    public static VectorDouble operator ^(VectorDouble left, VectorDouble right) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(left._value ^ right._value);

    [MethodImpl(Inline)]
    public static VectorDouble FusedMultiplyAdd(VectorDouble left, VectorDouble right, VectorDouble addend) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(Vector.FusedMultiplyAdd(left._value, right._value, addend._value));

    [MethodImpl(Inline)]
    public static VectorDouble Sqrt(VectorDouble value) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(Vector.SquareRoot(value._value));

    [MethodImpl(Inline)]
    public static VectorDouble Abs(VectorDouble value) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(Vector.Abs(value._value));

    [MethodImpl(Inline)]
    public static VectorDouble Min(VectorDouble left, VectorDouble right) =>
        Avx.IsSupported && Vector<double>.Count == Vector256<double>.Count
            ? Unsafe.BitCast<Vector<double>, VectorDouble>(
                Avx.Min(left._value.AsVector256(), right._value.AsVector256()).AsVector())
            : Select(LessThan(left, right), left, right);

    [MethodImpl(Inline)]
    public static VectorDouble Max(VectorDouble left, VectorDouble right) =>
        Avx.IsSupported && Vector<double>.Count == Vector256<double>.Count
            ? Unsafe.BitCast<Vector<double>, VectorDouble>(
                Avx.Max(left._value.AsVector256(), right._value.AsVector256()).AsVector())
            : Select(GreaterThan(left, right), left, right);

    [MethodImpl(Inline)]
    public static VectorDouble LessThan(VectorDouble left, VectorDouble right) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(Vector.AsVectorDouble(Vector.LessThan(left._value, right._value)));

    [MethodImpl(Inline)]
    public static VectorDouble LessThanOrEqual(VectorDouble left, VectorDouble right) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(
            Vector.AsVectorDouble(Vector.LessThanOrEqual(left._value, right._value)));

    [MethodImpl(Inline)]
    public static VectorDouble GreaterThan(VectorDouble left, VectorDouble right) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(
            Vector.AsVectorDouble(Vector.GreaterThan(left._value, right._value)));

    [MethodImpl(Inline)]
    public static VectorDouble Equal(VectorDouble left, VectorDouble right) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(Vector.AsVectorDouble(Vector.Equals(left._value, right._value)));

    [MethodImpl(Inline)]
    public static VectorDouble Select(VectorDouble mask, VectorDouble whenSet, VectorDouble whenClear) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(
            Vector.ConditionalSelect(Vector.AsVectorInt64(mask._value), whenSet._value, whenClear._value));

    [MethodImpl(Inline)]
    public static VectorDouble AddBits(VectorDouble left, VectorDouble right) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(
            Vector.AsVectorDouble(Vector.AsVectorUInt64(left._value) + Vector.AsVectorUInt64(right._value)));

    [MethodImpl(Inline)]
    public static VectorDouble SubtractBits(VectorDouble left, VectorDouble right) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(
            Vector.AsVectorDouble(Vector.AsVectorUInt64(left._value) - Vector.AsVectorUInt64(right._value)));

    [MethodImpl(Inline)]
    public static VectorDouble ShiftBitsLeft(VectorDouble value, int count) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(
            Vector.AsVectorDouble(Vector.AsVectorUInt64(value._value) << count));

    [MethodImpl(Inline)]
    public static VectorDouble ShiftBitsRight(VectorDouble value, int count) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(
            Vector.AsVectorDouble(Vector.AsVectorUInt64(value._value) >>> count));

    [MethodImpl(Inline)]
    public static VectorDouble ShiftBitsRightSigned(VectorDouble value, int count) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(
            Vector.AsVectorDouble(Vector.AsVectorInt64(value._value) >> count));

    [MethodImpl(Inline)]
    public static VectorDouble ConvertBits(VectorDouble value) =>
        Unsafe.BitCast<Vector<double>, VectorDouble>(Vector.ConvertToDouble(Vector.AsVectorInt64(value._value)));
}
