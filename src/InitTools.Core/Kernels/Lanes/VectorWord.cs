using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace InitTools.Kernels.Lanes;

/// <summary>As many 64-bit lanes as <see cref="Vector{T}"/> has on this machine.</summary>
internal readonly struct VectorWord : IWordLanes<VectorWord>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly Vector<ulong> _value;

    [MethodImpl(Inline)]
    private VectorWord(Vector<ulong> value) => _value = value;

    public static int Count => Vector<ulong>.Count;

    [MethodImpl(Inline)]
    public static VectorWord Create(ulong value) => new(new Vector<ulong>(value));

    [MethodImpl(Inline)]
    public static VectorWord Sequence(ulong start, ulong step) => new(Vector.CreateSequence(start, step));

    [MethodImpl(Inline)]
    public static VectorWord operator ^(VectorWord left, VectorWord right) => new(left._value ^ right._value);

    // Vector<T> knows 64-bit products only, which take several instructions; x86 has the one that is meant.
    [MethodImpl(Inline)]
    public static VectorWord Multiply(VectorWord left, VectorWord right)
    {
        if (Vector<ulong>.Count == 4 && Avx2.IsSupported)
        {
            return new(Avx2.Multiply(
                left._value.AsVector256().AsUInt32(), right._value.AsVector256().AsUInt32()).AsVector());
        }

        if (Vector<ulong>.Count == 8 && Avx512F.IsSupported)
        {
            return new(Avx512F.Multiply(
                left._value.AsVector512().AsUInt32(), right._value.AsVector512().AsUInt32()).AsVector());
        }

        if (Vector<ulong>.Count == 2 && Sse2.IsSupported)
        {
            return new(Sse2.Multiply(
                left._value.AsVector128().AsUInt32(), right._value.AsVector128().AsUInt32()).AsVector());
        }

        var lowHalf = new Vector<ulong>(uint.MaxValue);
        return new((left._value & lowHalf) * (right._value & lowHalf));
    }

    [MethodImpl(Inline)]
    public static VectorWord HighHalf(VectorWord value) => new(value._value >>> 32);

    [MethodImpl(Inline)]
    public static void StoreInterleaved(VectorWord even, VectorWord odd, ref uint destination, nint offset)
    {
        Vector<ulong> words = (even._value & new Vector<ulong>(uint.MaxValue)) | (odd._value << 32);
        Vector.AsVectorUInt32(words).StoreUnsafe(ref destination, (nuint)offset);
    }
}
