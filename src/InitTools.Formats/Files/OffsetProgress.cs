namespace InitTools.Formats;

/// <summary>The progress of one of several pieces of work, as that of all.</summary>
/// <param name="before">What was done before.</param>
/// <param name="progress">Told what is done altogether.</param>
internal sealed class OffsetProgress(long before, IProgress<long> progress) : IProgress<long>
{
    /// <summary>The progress of what follows other work, or null where nobody is told.</summary>
    public static OffsetProgress? Behind(long before, IProgress<long>? progress) =>
        progress is null ? null : new OffsetProgress(before, progress);

    public void Report(long value) => progress.Report(before + value);
}
