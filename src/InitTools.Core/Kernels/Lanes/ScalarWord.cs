using System.Runtime.CompilerServices;

namespace InitTools.Kernels.Lanes;

/// <summary>One 64-bit lane.</summary>
internal readonly struct ScalarWord : IWordLanes<ScalarWord>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly ulong _value;

    [MethodImpl(Inline)]
    private ScalarWord(ulong value) => _value = value;

    public static int Count => 1;

    public static bool HasManyRegisters => false;

    [MethodImpl(Inline)]
    public static ScalarWord Create(ulong value) => new(value);

    [MethodImpl(Inline)]
    public static ScalarWord Sequence(ulong start, ulong step) => new(start);

    [MethodImpl(Inline)]
    public static ScalarWord operator +(ScalarWord left, ScalarWord right) => new(left._value + right._value);

    [MethodImpl(Inline)]
    public static ScalarWord operator ^(ScalarWord left, ScalarWord right) => new(left._value ^ right._value);

    [MethodImpl(Inline)]
    public static ScalarWord Multiply(ScalarWord left, ScalarWord right) =>
        new((ulong)(uint)left._value * (uint)right._value);

    [MethodImpl(Inline)]
    public static ScalarWord Xor(ScalarWord first, ScalarWord second, ScalarWord third) =>
        new(first._value ^ second._value ^ third._value);

    [MethodImpl(Inline)]
    public static ScalarWord HighHalf(ScalarWord value) => new(value._value >> 32);

    [MethodImpl(Inline)]
    public static void StoreInterleaved(ScalarWord even, ScalarWord odd, ref uint destination, nint offset)
    {
        Unsafe.Add(ref destination, offset) = (uint)even._value;
        Unsafe.Add(ref destination, offset + 1) = (uint)odd._value;
    }
}
