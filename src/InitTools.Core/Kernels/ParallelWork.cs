namespace InitTools.Kernels;

/// <summary>Runs the pieces of a job, on several threads where it is worth them.</summary>
internal static class ParallelWork
{
    // Some 20 microseconds of fused multiply-adds, below which a second thread costs more than it saves.
    private const long SmallestThreadedWork = 1L << 21;

    /// <summary>
    /// Runs the action for each piece, in any order. Small jobs, and all where one thread is allowed, stay on the
    /// calling thread.
    /// </summary>
    /// <param name="pieces">The number of pieces.</param>
    /// <param name="work">The size of the whole job in fused multiply-adds.</param>
    /// <param name="options">The number of threads, and cancellation, which is tested before each piece.</param>
    /// <param name="action">Does one piece, counted from 0.</param>
    public static void ForEach(int pieces, long work, ParallelOptions options, Action<int> action)
    {
        if (pieces > 1 && work >= SmallestThreadedWork && options.MaxDegreeOfParallelism != 1)
        {
            Parallel.For(0, pieces, options, action);
            return;
        }

        for (int piece = 0; piece < pieces; piece++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            action(piece);
        }
    }
}
