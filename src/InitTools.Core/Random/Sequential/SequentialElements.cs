namespace InitTools;

/// <summary>
/// Elements that a sequential generator draws one after the other. They are made on the calling thread, and one caller
/// waits for another, since all share the generator's state.
/// </summary>
internal abstract class SequentialElements : IElementSource
{
    // Short enough to answer a cancellation soon.
    private const int ChunkLength = 1 << 20;

    private readonly Lock _lock = new();

    public void Fill(Memory<float> destination, long offset, ParallelOptions options) =>
        Read(destination, offset, options, Read);

    public void Fill(Memory<double> destination, long offset, ParallelOptions options) =>
        Read(destination, offset, options, Read);

    public void Fill(Memory<Half> destination, long offset, ParallelOptions options) => throw NotDrawn();

    public void FillBFloat16(Memory<ushort> destination, long offset, ParallelOptions options) => throw NotDrawn();

    /// <summary>Where the draws behind the last element begin.</summary>
    public DrawPosition FindEnd(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return End(cancellation);
        }
    }

    /// <summary>Elements start, start + 1, ... of a float32 tensor.</summary>
    protected abstract void Read(Span<float> destination, long start, CancellationToken cancellation);

    /// <summary>Elements start, start + 1, ... of a float64 tensor.</summary>
    protected abstract void Read(Span<double> destination, long start, CancellationToken cancellation);

    /// <summary>Elements of another source, on which a source builds.</summary>
    protected static void Read(
        SequentialElements source, Span<float> destination, long start, CancellationToken cancellation) =>
        source.Read(destination, start, cancellation);

    /// <inheritdoc cref="Read(SequentialElements, Span{float}, long, CancellationToken)"/>
    protected static void Read(
        SequentialElements source, Span<double> destination, long start, CancellationToken cancellation) =>
        source.Read(destination, start, cancellation);

    /// <inheritdoc cref="FindEnd"/>
    protected abstract DrawPosition End(CancellationToken cancellation);

    private delegate void Reader<T>(Span<T> destination, long start, CancellationToken cancellation);

    private void Read<T>(Memory<T> destination, long start, ParallelOptions options, Reader<T> read)
    {
        lock (_lock)
        {
            for (int done = 0; done < destination.Length; done += ChunkLength)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                int length = Math.Min(ChunkLength, destination.Length - done);
                read(destination.Span.Slice(done, length), start + done, options.CancellationToken);
            }
        }
    }

    private static NotSupportedException NotDrawn() => new("Sequential generators draw Float32 and Float64.");
}
