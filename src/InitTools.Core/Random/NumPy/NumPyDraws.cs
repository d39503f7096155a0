using System.Runtime.CompilerServices;

namespace InitTools;

/// <summary>
/// The draws of a seed from a position on: 64-bit words, and 32-bit ones, of which each word gives two, the low half
/// first. A high half waits for the next 32-bit draw while 64-bit draws pass it by.
/// </summary>
internal sealed class NumPyDraws
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const int BufferLength = 1024;

    private readonly Pcg64 _generator;
    private readonly ulong[] _words = new ulong[BufferLength];
    private int _next = BufferLength;
    private uint _highHalf;
    private long? _carried;

    /// <summary>Starts reading.</summary>
    public NumPyDraws(ulong seed, DrawPosition position)
    {
        _generator = new Pcg64(seed, position.Offset);
        if (position.Carried is long carried)
        {
            ulong[] word = new ulong[1];
            new Pcg64(seed, carried).Fill(word);
            _highHalf = (uint)(word[0] >> 32);
            _carried = carried;
        }
    }

    /// <summary>Where the next draw comes from.</summary>
    public DrawPosition Position => new(_generator.Position - (BufferLength - _next), _carried);

    /// <summary>True where the next 32-bit draw is the high half of an earlier word.</summary>
    public bool IsCarrying
    {
        [MethodImpl(Inline)]
        get => _carried is not null;
    }

    /// <summary>The next words, one at least; call <see cref="Skip"/> for those that were used.</summary>
    public ReadOnlySpan<ulong> Words
    {
        [MethodImpl(Inline)]
        get
        {
            if (_next == BufferLength)
            {
                _generator.Fill(_words);
                _next = 0;
            }

            return _words.AsSpan(_next);
        }
    }

    /// <summary>Takes so many of <see cref="Words"/>.</summary>
    [MethodImpl(Inline)]
    public void Skip(int count) => _next += count;

    /// <summary>The next 64 bits.</summary>
    [MethodImpl(Inline)]
    public ulong NextWord()
    {
        ulong word = Words[0];
        _next++;
        return word;
    }

    /// <summary>The next 32 bits.</summary>
    [MethodImpl(Inline)]
    public uint NextHalf()
    {
        if (_carried is not null)
        {
            _carried = null;
            return _highHalf;
        }

        _carried = Position.Offset;
        ulong word = NextWord();
        _highHalf = (uint)(word >> 32);
        return (uint)word;
    }

    /// <summary>The next float64 in [0, 1): the high 53 bits of a word.</summary>
    [MethodImpl(Inline)]
    public double NextDouble() => Fraction(NextWord());

    /// <summary>The next float32 in [0, 1): the high 24 bits of a half.</summary>
    [MethodImpl(Inline)]
    public float NextSingle() => Fraction(NextHalf());

    /// <summary>The float64 in [0, 1) of a word.</summary>
    [MethodImpl(Inline)]
    public static double Fraction(ulong word) => (word >> 11) * (1.0 / (1L << 53));

    /// <summary>The float32 in [0, 1) of a half.</summary>
    [MethodImpl(Inline)]
    public static float Fraction(uint half) => (half >> 8) * (1.0f / (1 << 24));
}
