using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace InitTools.Kernels.Lanes;

/// <summary>As many 64-bit lanes as <see cref="Vector{T}"/> has on this machine.</summary>
internal readonly struct VectorWord : IWordLanes<VectorWord>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // The JIT gives up inlining into a method with more than 512 locals. A reinterpretation needs fewer than a call of
    // the constructor, which doubles the length of a formula that still becomes straight code.
    private readonly Vector<ulong> _value;

    [MethodImpl(Inline)]
    private VectorWord(Vector<ulong> value) => _value = value;

    public static int Count => Vector<ulong>.Count;

    public static bool HasManyRegisters => Vector<ulong>.Count == 8 || AdvSimd.IsSupported;

    [MethodImpl(Inline)]
    public static VectorWord Create(ulong value) => new(new Vector<ulong>(value));

    [MethodImpl(Inline)]
    public static VectorWord Sequence(ulong start, ulong step) =>
        Unsafe.BitCast<Vector<ulong>, VectorWord>(Vector.CreateSequence(start, step));

    [MethodImpl(Inline)]
    public static VectorWord operator +(VectorWord left, VectorWord right) =>
        Unsafe.BitCast<Vector<ulong>, VectorWord>(left._value + right._value);

    [MethodImpl(Inline)]
    public static VectorWord operator ^(VectorWord left, VectorWord right) =>
        Unsafe.BitCast<Vector<ulong>, VectorWord>(left._value ^ right._value);

    // Vector<T> knows 64-bit products only, which take several instructions; x86 has the one that is meant.
    [MethodImpl(Inline)]
    public static VectorWord Multiply(VectorWord left, VectorWord right)
    {
        if (Vector<ulong>.Count == 4 && Avx2.IsSupported)
        {
            return Unsafe.BitCast<Vector<ulong>, VectorWord>(Avx2.Multiply(
                left._value.AsVector256().AsUInt32(), right._value.AsVector256().AsUInt32()).AsVector());
        }

        if (Vector<ulong>.Count == 8 && Avx512F.IsSupported)
        {
            return Unsafe.BitCast<Vector<ulong>, VectorWord>(Avx512F.Multiply(
                left._value.AsVector512().AsUInt32(), right._value.AsVector512().AsUInt32()).AsVector());
        }

        if (Vector<ulong>.Count == 2 && Sse2.IsSupported)
        {
            return Unsafe.BitCast<Vector<ulong>, VectorWord>(Sse2.Multiply(
                left._value.AsVector128().AsUInt32(), right._value.AsVector128().AsUInt32()).AsVector());
        }

        var lowHalf = new Vector<ulong>(uint.MaxValue);
        return Unsafe.BitCast<Vector<ulong>, VectorWord>((left._value & lowHalf) * (right._value & lowHalf));
    }

    [MethodImpl(Inline)]
    public static VectorWord Xor(VectorWord first, VectorWord second, VectorWord third) =>
        Unsafe.BitCast<Vector<ulong>, VectorWord>(first._value ^ second._value ^ third._value);

    [MethodImpl(Inline)]
    public static VectorWord HighHalf(VectorWord value) =>
        Unsafe.BitCast<Vector<ulong>, VectorWord>(value._value >>> 32);

    [MethodImpl(Inline)]
    public static void StoreInterleaved(VectorWord even, VectorWord odd, ref uint destination, nint offset)
    {
        Vector<ulong> words = (even._value & new Vector<ulong>(uint.MaxValue)) | (odd._value << 32);
        Vector.AsVectorUInt32(words).StoreUnsafe(ref destination, (nuint)offset);
    }
}
