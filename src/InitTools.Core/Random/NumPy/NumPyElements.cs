namespace InitTools;

/// <summary>
/// Elements that are drawn strictly in their order, as how many draws an element takes may depend on the draws.
/// Positions passed by are noted now and then, so that an element further back is found without starting over.
/// </summary>
internal abstract class NumPyElements(ulong seed, DrawPosition position, bool isDouble, long count) : SequentialElements
{
    private const long NoteInterval = 1 << 18;

    private readonly List<DrawPosition> _notes = [position];
    private NumPyDraws? _draws;
    private long _next;

    /// <summary>The elements of a float32 tensor that come next.</summary>
    protected abstract void Draw(NumPyDraws draws, Span<float> destination);

    /// <summary>The elements of a float64 tensor that come next.</summary>
    protected abstract void Draw(NumPyDraws draws, Span<double> destination);

    protected override void Read(Span<float> destination, long start, CancellationToken cancellation) =>
        Read(destination, start, Draw, cancellation);

    protected override void Read(Span<double> destination, long start, CancellationToken cancellation) =>
        Read(destination, start, Draw, cancellation);

    protected override DrawPosition End(CancellationToken cancellation)
    {
        MoveTo(count, cancellation);
        return _draws!.Position;
    }

    private void MoveTo(long start, CancellationToken cancellation)
    {
        int note = (int)Math.Min(start / NoteInterval, _notes.Count - 1);
        if (_draws is null || _next > start || _next < note * NoteInterval)
        {
            _draws = new NumPyDraws(seed, _notes[note]);
            _next = note * NoteInterval;
        }

        if (isDouble)
        {
            PassBy<double>(start, Draw, cancellation);
        }
        else
        {
            PassBy<float>(start, Draw, cancellation);
        }
    }

    private delegate void Drawer<T>(NumPyDraws draws, Span<T> destination);

    private void Read<T>(Span<T> destination, long start, Drawer<T> draw, CancellationToken cancellation)
    {
        MoveTo(start, cancellation);
        while (!destination.IsEmpty)
        {
            int length = NextLength(destination.Length);
            draw(_draws!, destination[..length]);
            Pass(length);
            destination = destination[length..];
        }
    }

    private void PassBy<T>(long start, Drawer<T> draw, CancellationToken cancellation)
        where T : unmanaged
    {
        Span<T> unread = stackalloc T[1024];
        while (_next < start)
        {
            cancellation.ThrowIfCancellationRequested();
            int length = NextLength((int)Math.Min(unread.Length, start - _next));
            draw(_draws!, unread[..length]);
            Pass(length);
        }
    }

    // Elements up to the next position to be noted.
    private int NextLength(int wanted) => (int)Math.Min(wanted, NoteInterval - (_next % NoteInterval));

    private void Pass(int length)
    {
        _next += length;
        if (_next == _notes.Count * NoteInterval)
        {
            _notes.Add(_draws!.Position);
        }
    }
}
