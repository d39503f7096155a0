namespace InitTools.Formats;

/// <summary>The number of elements that are done, as a share of all.</summary>
/// <param name="before">Those that were done before.</param>
/// <param name="total">All of them.</param>
/// <param name="progress">Told the share, from 0 to 1.</param>
internal sealed class ShareProgress(double before, double total, IProgress<double> progress) : IProgress<long>
{
    /// <summary>Counts for a listener, or not at all where there is none.</summary>
    public static ShareProgress? Of(double before, double total, IProgress<double>? progress) =>
        progress is null ? null : new ShareProgress(before, total, progress);

    public void Report(long value) => progress.Report((before + value) / total);
}
