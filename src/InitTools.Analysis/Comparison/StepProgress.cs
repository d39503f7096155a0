namespace InitTools.Analysis;

/// <summary>Counts steps done by several threads and reports their share.</summary>
internal sealed class StepProgress(IProgress<double>? receiver, int steps)
{
    private int _done;

    /// <summary>Reports that some steps are done.</summary>
    public void Advance(int count = 1)
    {
        int done = Interlocked.Add(ref _done, count);
        receiver?.Report((double)done / steps);
    }
}
