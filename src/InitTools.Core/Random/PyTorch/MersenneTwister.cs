using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using InitTools.Kernels;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// MT19937 as <c>torch.manual_seed</c> seeds it: x[k+624] = x[k+397] ^ A(x[k] high bit, x[k+1] low bits). The raw words
/// stand in one line and are extended to the right many at a time, as none depends on the 226 before it; whoever reads
/// them applies <see cref="Temper{T}"/>.
/// </summary>
/// <remarks>
/// Matsumoto and Nishimura, Mersenne Twister, ACM TOMACS 8 (1998); initialization of 2002 (multiplier 1812433253).
/// </remarks>
internal sealed class MersenneTwister
{
    private const int StateLength = 624;
    private const int MiddleWord = 397;
    private const uint Matrix = 0x9908B0DF;
    private const uint HighBit = 0x80000000;

    /// <summary>The most words that <see cref="Take"/> gives at a time: they stay in the first-level cache.</summary>
    public const int MaximumTake = 4096;

    // A vector that crosses cache lines costs twice; pinned memory keeps its alignment.
    private const int Alignment = 64;

    private readonly uint[] _memory =
        GC.AllocateUninitializedArray<uint>(StateLength + MaximumTake + (Alignment / sizeof(uint)), pinned: true);

    private readonly int _origin;
    private int _start;

    private unsafe MersenneTwister()
    {
        nint address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
        _origin = (int)(-address & (Alignment - 1)) / sizeof(uint);
    }

    /// <summary>The number of words drawn since seeding.</summary>
    public long Position { get; private set; }

    private Span<uint> Words => _memory.AsSpan(_origin, StateLength + MaximumTake);

    /// <summary>The generator as a seed leaves it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static MersenneTwister Create(uint seed)
    {
        MersenneTwister twister = new();
        Span<uint> words = twister.Words;
        uint word = seed;
        for (int i = 0; i < StateLength; i++)
        {
            words[i] = word;
            word = (1812433253 * (word ^ (word >> 30))) + (uint)i + 1;
        }

        return twister;
    }

    /// <summary>A generator in the same state.</summary>
    public MersenneTwister Clone()
    {
        MersenneTwister copy = new() { Position = Position };
        Words.Slice(_start, StateLength).CopyTo(copy.Words);
        return copy;
    }

    /// <summary>The next raw words, at most <see cref="MaximumTake"/>; they hold until the next call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<uint> Take(int count)
    {
        Span<uint> words = Words;
        if (_start + count > MaximumTake)
        {
            words.Slice(_start, StateLength).CopyTo(words);
            _start = 0;
        }

        TwistWork work = new(words.Slice(_start, StateLength + count));
        LaneDispatch.Run<TwistWork, float>(ref work);
        _start += count;
        Position += count;
        return words.Slice(_start + StateLength - count, count);
    }

    /// <summary>Draws words that nobody reads, up to a position that is not behind this one.</summary>
    public void MoveTo(long position, CancellationToken cancellation)
    {
        while (Position < position)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int tile = 0; tile < 4096 && Position < position; tile++)
            {
                Take((int)Math.Min(MaximumTake, position - Position));
            }
        }
    }

    /// <summary>The output for a raw word: bits mixed so that the high ones are equidistributed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Temper(uint word)
    {
        word ^= word >> 11;
        word ^= (word << 7) & 0x9D2C5680;
        word ^= (word << 15) & 0xEFC60000;
        return word ^ (word >> 18);
    }

    /// <summary>The outputs for raw words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Temper<T>(T words)
        where T : struct, ILanes<T>
    {
        words ^= T.ShiftBitsRight(words, 11);
        words ^= T.ShiftBitsLeft(words, 7) & T.FromBits(0x9D2C5680);
        words ^= T.ShiftBitsLeft(words, 15) & T.FromBits(0xEFC60000);
        return words ^ T.ShiftBitsRight(words, 18);
    }

    /// <summary>Extends a line of words: the first 624 are the state, those behind are made.</summary>
    private readonly ref struct TwistWork(Span<uint> words) : ILaneWork
    {
        private readonly Span<uint> _words = words;

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public void Run<TLanes, TTail, TElement>()
            where TLanes : struct, ILanes<TLanes, TElement>
            where TTail : struct, ILanes<TTail, TElement>
            where TElement : unmanaged
        {
            ref uint words = ref MemoryMarshal.GetReference(_words);
            nint count = _words.Length - StateLength;
            nint i = 0;
            for (; i <= count - TLanes.Count; i += TLanes.Count)
            {
                Twist<TLanes, TElement>(ref words, i);
            }

            for (; i < count; i++)
            {
                Twist<TTail, TElement>(ref words, i);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Twist<T, TElement>(ref uint words, nint i)
            where T : struct, ILanes<T, TElement>
            where TElement : unmanaged
        {
            T next = T.LoadWords(ref words, i + 1);
            T joined = (T.LoadWords(ref words, i) & T.FromBits(HighBit)) | (next & T.FromBits(~HighBit));
            T odd = T.SubtractBits(T.FromBits(0), next & T.FromBits(1));
            T word = T.LoadWords(ref words, i + MiddleWord)
                ^ T.ShiftBitsRight(joined, 1)
                ^ (odd & T.FromBits(Matrix));
            T.Store(word, ref Unsafe.As<uint, TElement>(ref words), i + StateLength);
        }
    }
}
