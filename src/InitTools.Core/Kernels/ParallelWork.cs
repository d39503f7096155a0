namespace InitTools.Kernels;

/// <summary>A job in pieces that may run in any order and at the same time.</summary>
internal interface IPieceWork
{
    /// <summary>Does one piece, counted from 0.</summary>
    public void Run(int piece);
}

/// <summary>Runs the pieces of a job, on several threads where it is worth them.</summary>
internal static class ParallelWork
{
    // Some 20 microseconds of fused multiply-adds, below which a second thread costs more than it saves.
    private const long SmallestThreadedWork = 1L << 21;

    // More than any machine has, and few enough to be multiplied by what a thread gets.
    private const int MostThreads = 1 << 10;

    /// <summary>The number of threads that the options allow, 1024 at most.</summary>
    public static int Threads(ParallelOptions options) =>
        options.MaxDegreeOfParallelism < 0
            ? Environment.ProcessorCount
            : Math.Min(options.MaxDegreeOfParallelism, MostThreads);

    /// <summary>
    /// Runs the pieces in any order. Small jobs, and all where one thread is allowed, stay on the calling thread and
    /// allocate nothing.
    /// </summary>
    /// <param name="pieces">The number of pieces.</param>
    /// <param name="size">The size of the whole job in fused multiply-adds.</param>
    /// <param name="options">The number of threads, and cancellation, which is tested before each piece.</param>
    /// <param name="work">Does a piece.</param>
    public static void ForEach<TWork>(int pieces, long size, ParallelOptions options, TWork work)
        where TWork : struct, IPieceWork
    {
        if (pieces > 1 && size >= SmallestThreadedWork && options.MaxDegreeOfParallelism != 1)
        {
            ForEachThreaded(pieces, options, work);
            return;
        }

        for (int piece = 0; piece < pieces; piece++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            work.Run(piece);
        }
    }

    /// <inheritdoc cref="ForEach{TWork}"/>
    public static void ForEach(int pieces, long size, ParallelOptions options, Action<int> work) =>
        ForEach(pieces, size, options, new ActionWork(work));

    // Each thread takes the next piece as soon as it is free; Parallel.For alone hands out growing ranges.
    private static void ForEachThreaded<TWork>(int pieces, ParallelOptions options, TWork work)
        where TWork : struct, IPieceWork
    {
        int next = -1;
        Parallel.For(0, Math.Min(pieces, Threads(options)), options, _ =>
        {
            for (int piece = Interlocked.Increment(ref next); piece < pieces; piece = Interlocked.Increment(ref next))
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                work.Run(piece);
            }
        });
    }

    private readonly struct ActionWork(Action<int> action) : IPieceWork
    {
        public void Run(int piece) => action(piece);
    }
}
