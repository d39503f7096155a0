using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using InitTools.Kernels;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// PyTorch's <c>uniform_</c> in float32: u (b - a) + a with one rounding, u the low 24 bits of a word as a fraction.
/// The bound b may be reached by that rounding, as in PyTorch.
/// </summary>
internal readonly ref struct UniformWork(ReadOnlySpan<uint> words, Span<float> destination, float minimum, float maximum)
    : ILaneWork
{
    private const uint Mask = (1 << 24) - 1;
    private const double Unit = 1.0 / (1 << 24);

    private readonly ReadOnlySpan<uint> _words = words;
    private readonly Span<float> _destination = destination;
    private readonly float _minimum = minimum;
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
        nint i = 0;
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

    /// <summary>The uniform number in [0, 1) of a raw word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Fraction<T>(T words)
        where T : struct, ILanes<T> =>
        T.ConvertBits(MersenneTwister.Temper(words) & T.FromBits(Mask)) * T.Create(Unit);
}
