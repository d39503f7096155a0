using System.Runtime.CompilerServices;

namespace InitTools.Kernels;

/// <summary>
/// Lines of the cache that are wanted soon, in runs: a stride from one line of a run to the next, another from run to
/// run. A loop takes some of them along, one at each of its turns: asked for all at once, they would keep its own
/// memory waiting.
/// </summary>
internal unsafe struct CacheLines
{
    private readonly byte* _first;
    private readonly int _runs;
    private readonly nint _runStride;
    private readonly int _length;
    private readonly nint _stride;
    private int _run;
    private int _place;

    /// <summary>Lines in runs.</summary>
    /// <param name="first">An address in the first line.</param>
    /// <param name="runs">The number of runs.</param>
    /// <param name="runStride">Bytes from a run to the next.</param>
    /// <param name="length">The number of lines of a run.</param>
    /// <param name="stride">Bytes from a line to the next of its run.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CacheLines(void* first, int runs, nint runStride, int length, nint stride)
    {
        _first = (byte*)first;
        _runs = runs;
        _runStride = runStride;
        _length = length;
        _stride = stride;
    }

    /// <summary>True where all have been taken.</summary>
    public readonly bool IsEmpty => _run == _runs;

    /// <summary>
    /// No lines: an address that is in memory, as asking for one that is not takes the processor long.
    /// </summary>
    public static CacheLines None(void* address) => new(address, 0, 0, 0, 0);

    /// <summary>The lines of so many bytes from an address on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CacheLines Of(void* start, nint bytes) => new(start, 1, 0, Across(start, bytes), Cache.LineLength);

    /// <summary>How many lines so many bytes from an address on lie in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Across(void* start, nint bytes) =>
        (int)(((nint)start % Cache.LineLength + bytes + Cache.LineLength - 1) / Cache.LineLength);

    /// <summary>
    /// The next lines, all of one run. Where the run has not as many, those beyond it are no harm; where none is left,
    /// it is one line again and again.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LinesAhead Take(int count)
    {
        if (IsEmpty)
        {
            return new LinesAhead(_first, 0);
        }

        var taken = new LinesAhead(_first + _run * _runStride + _place * _stride, _stride);
        _place += count;
        if (_place >= _length)
        {
            _place = 0;
            _run++;
        }

        return taken;
    }
}
