namespace InitTools;

/// <summary>Where the words of one tensor stand in the draws of a seed, and the generator that reads them.</summary>
/// <param name="seed">The low 32 bits of the seed.</param>
/// <param name="position">Where the tensor's draws begin.</param>
/// <param name="isDouble">True where a number takes two words.</param>
/// <param name="count">The tensor's elements.</param>
internal sealed class PyTorchDraws(uint seed, DrawPosition position, bool isDouble, long count)
{
    private MersenneTwister? _twister;

    /// <summary>Where the tensor's draws begin.</summary>
    public DrawPosition Position => position;

    /// <summary>The tensor's elements.</summary>
    public long Count => count;

    /// <summary>
    /// Where draws end that begin with the tensor's and take so many numbers; what is carried stays so.
    /// </summary>
    public DrawPosition After(long numbers) => position with { Offset = position.Offset + WordsOf(numbers) };

    /// <summary>The generator before the tensor's uniform number of an index.</summary>
    public MersenneTwister SeekNumber(long index, CancellationToken cancellation) =>
        Seek(position.Offset + WordsOf(index), cancellation);

    /// <summary>The generator before a word.</summary>
    public MersenneTwister Seek(long word, CancellationToken cancellation)
    {
        if (_twister is null || _twister.Position > word)
        {
            _twister = TwisterCheckpoints.Nearest(seed, word);
        }

        _twister.MoveTo(word, cancellation);
        return _twister;
    }

    /// <summary>Remembers where the generator stands, for the tensor that comes next.</summary>
    public void Leave()
    {
        if (_twister is not null)
        {
            TwisterCheckpoints.Keep(seed, _twister);
        }
    }

    private long WordsOf(long numbers) => isDouble ? 2 * numbers : numbers;
}
