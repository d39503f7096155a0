using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace InitTools.Kernels.Lanes;

/// <summary>Eight 64-bit lanes, for machines with AVX-512.</summary>
internal readonly struct Vector512Word : IWordLanes<Vector512Word>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // The truth table of a three-way exclusive or.
    private const byte ThreeWayXor = 0x96;

    // The JIT gives up inlining into a method with more than 512 locals. A reinterpretation needs fewer than a call of
    // the constructor, which doubles the length of a formula that still becomes straight code.
    private readonly Vector512<ulong> _value;

    [MethodImpl(Inline)]
    private Vector512Word(Vector512<ulong> value) => _value = value;

    public static int Count => Vector512<ulong>.Count;

    public static bool HasManyRegisters => true;

    [MethodImpl(Inline)]
    public static Vector512Word Create(ulong value) => new(Vector512.Create(value));

    [MethodImpl(Inline)]
    public static Vector512Word Sequence(ulong start, ulong step) =>
        Unsafe.BitCast<Vector512<ulong>, Vector512Word>(Vector512.CreateSequence(start, step));

    [MethodImpl(Inline)]
    public static Vector512Word operator +(Vector512Word left, Vector512Word right) =>
        Unsafe.BitCast<Vector512<ulong>, Vector512Word>(left._value + right._value);

    [MethodImpl(Inline)]
    public static Vector512Word operator ^(Vector512Word left, Vector512Word right) =>
        Unsafe.BitCast<Vector512<ulong>, Vector512Word>(left._value ^ right._value);

    [MethodImpl(Inline)]
    public static Vector512Word Multiply(Vector512Word left, Vector512Word right) =>
        Unsafe.BitCast<Vector512<ulong>, Vector512Word>(
            Avx512F.Multiply(left._value.AsUInt32(), right._value.AsUInt32()));

    [MethodImpl(Inline)]
    public static Vector512Word Xor(Vector512Word first, Vector512Word second, Vector512Word third) =>
        Unsafe.BitCast<Vector512<ulong>, Vector512Word>(
            Avx512F.TernaryLogic(first._value, second._value, third._value, ThreeWayXor));

    [MethodImpl(Inline)]
    public static Vector512Word HighHalf(Vector512Word value) =>
        Unsafe.BitCast<Vector512<ulong>, Vector512Word>(value._value >>> 32);

    [MethodImpl(Inline)]
    public static void StoreInterleaved(Vector512Word even, Vector512Word odd, ref uint destination, nint offset)
    {
        Vector512<ulong> words = (even._value & Vector512.Create((ulong)uint.MaxValue)) | (odd._value << 32);
        words.AsUInt32().StoreUnsafe(ref destination, (nuint)offset);
    }
}
