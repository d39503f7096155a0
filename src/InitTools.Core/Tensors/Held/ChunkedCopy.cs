namespace InitTools;

/// <summary>Writes elements in chunks; one chunk is made while the one before it is written.</summary>
internal static class ChunkedCopy
{
    // Large enough for all cores, small enough to stay in the cache of one.
    private const int ChunkBytes = 1 << 20;

    /// <summary>Writes all elements, little-endian, in row-major order.</summary>
    /// <param name="elements">The elements.</param>
    /// <param name="stream">Where they go.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="progress">Told the number of elements written so far, or null.</param>
    public static void Run(
        IElementReader elements, Stream stream, ParallelOptions options, IProgress<long>? progress)
    {
        int size = DTypes.SizeOf(elements.DType);
        int chunkLength = (int)Math.Min(ChunkBytes / size, elements.Count);
        byte[] made = new byte[chunkLength * size];
        byte[] written = elements.Count > chunkLength ? new byte[made.Length] : made;
        Task writing = Task.CompletedTask;
        try
        {
            for (long start = 0; start < elements.Count;)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                int length = (int)Math.Min(chunkLength, elements.Count - start);
                Memory<byte> chunk = made.AsMemory(0, length * size);
                elements.Read(chunk, start, options);
                writing.GetAwaiter().GetResult();
                start += length;
                progress?.Report(start);
                if (start == elements.Count)
                {
                    stream.Write(chunk.Span);
                    return;
                }

                writing = Task.Run(() => stream.Write(chunk.Span));
                (made, written) = (written, made);
            }
        }
        finally
        {
            // The stream is the caller's again only when nobody writes to it. A continuation would wait for a free
            // thread.
            writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        }
    }
}
