using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using InitTools.Kernels;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// PyTorch's <c>uniform_</c> in float32: u (b - a) + a with one rounding, u the low 24 bits of a word as a fraction.
/// The bound b may be reached by that rounding, as in PyTorch.
/// </summary>
internal readonly ref struct UniformWork(
    ReadOnlySpan<uint> words, Span<float> destination, float minimum, float maximum, bool isLarge) : ILaneWork
{
    private const uint Mask = (1 << 24) - 1;
    private const double Unit = 1.0 / (1 << 24);

    private readonly ReadOnlySpan<uint> _words = words;
    private readonly Span<float> _destination = destination;
    private readonly bool _isLarge = isLarge;
    private readonly float _minimum = minimum;
    private readonly float _maximum = maximum;
    private readonly float _range = maximum - minimum;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Run<TLanes, TTail, TElement>()
        where TLanes : struct, ILanes<TLanes, TElement>
        where TTail : struct, ILanes<TTail, TElement>
        where TElement : unmanaged
    {
        ref uint words = ref MemoryMarshal.GetReference(_words);
        ref TElement destination = ref Unsafe.As<float, TElement>(ref MemoryMarshal.GetReference(_destination));
        nint count = _destination.Length;
        TLanes range = TLanes.Create(_range);
        TLanes minimum = TLanes.Create(_minimum);
        nint i = _isLarge && TLanes.Count == Vector512<float>.Count ? FillPastCaches<TLanes>() : 0;
        for (; i <= count - TLanes.Count; i += TLanes.Count)
        {
            TLanes u = Fraction(TLanes.LoadWords(ref words, i));
            TLanes.Store(TLanes.FusedMultiplyAdd(u, range, minimum), ref destination, i);
        }

        for (; i < count; i++)
        {
            TTail u = Fraction(TTail.LoadWords(ref words, i));
            TTail.Store(TTail.FusedMultiplyAdd(u, TTail.Create(_range), TTail.Create(_minimum)), ref destination, i);
        }
    }

    // Gives the number of elements filled, which begin at a cache line but for the few before it.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private unsafe nint FillPastCaches<T>()
        where T : struct, ILanes<T>
    {
        fixed (uint* words = _words)
        fixed (float* destination = _destination)
        {
            nint count = _destination.Length;
            nint i = Math.Min(count, (-(nint)destination & (sizeof(Vector512<float>) - 1)) / sizeof(float));
            UniformWork head = new(_words[..(int)i], _destination[..(int)i], _minimum, _maximum, false);
            head.Run<ScalarSingle, ScalarSingle, float>();
            T range = T.Create(_range);
            T minimum = T.Create(_minimum);
            for (; i <= count - T.Count; i += T.Count)
            {
                T x = T.FusedMultiplyAdd(Fraction(T.LoadWords(ref *words, i)), range, minimum);
                Unsafe.BitCast<T, Vector512<float>>(x).StoreAlignedNonTemporal(destination + i);
            }

            return i;
        }
    }

    /// <summary>The uniform number in [0, 1) of a raw word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Fraction<T>(T words)
        where T : struct, ILanes<T> =>
        T.ConvertBits(MersenneTwister.Temper(words) & T.FromBits(Mask)) * T.Create(Unit);
}
