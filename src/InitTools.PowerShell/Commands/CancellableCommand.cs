using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using InitTools.Analysis;
using InitTools.Kernels;
using InitTools.PowerShell.Binding;

namespace InitTools.PowerShell.Commands;

/// <summary>
/// Cmdlets that work long enough to report progress. The work runs on another thread and reports the
/// share done through a counter; only the pipeline's own thread may write, so it reads the counter and waits.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CancellableCommand : StoppableCommand
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_progressInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>The most threads to use; all cores by default. No result depends on it.</summary>
    [Parameter]
    [WholeNumberTransformation]
    public int ThrottleLimit { get; set; } = -1;

    /// <summary>Threads and cancellation for the libraries.</summary>
    protected ParallelOptions ParallelOptions => new()
    {
        MaxDegreeOfParallelism = ThrottleLimit,
        CancellationToken = Cancellation,
    };

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (ThrottleLimit is 0 or < -1)
        {
            ThrowTerminatingError(ErrorRecords.Of(new InitToolsException(
                ErrorId.InvalidArgument,
                $"-ThrottleLimit is {ThrottleLimit}; 1 or more threads are accepted, or -1 for all cores.",
                ThrottleLimit)));
        }

        string kernel = Require(() => KernelSelection.SelectedName);
        int threads = ThrottleLimit == -1 ? Environment.ProcessorCount : ThrottleLimit;
        WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"Kernel {kernel}, up to {threads} threads."));
    }

    /// <summary>
    /// Runs work without which nothing later can work, with progress once it takes longer than a second.
    /// </summary>
    /// <param name="activity">What progress calls it.</param>
    /// <param name="work">The work; it reports the share done, from 0 to 1.</param>
    protected T Run<T>(string activity, Func<IProgress<double>, T> work) =>
        Require(() => StopWhenCancelled(() => RunOnWorker(activity, work)));

    /// <summary>The same for the work of one item, whose error lets the next item have its turn.</summary>
    protected bool TryRun<T>(string activity, Func<IProgress<double>, T> work, object? target) =>
        TryMake(() => StopWhenCancelled(() => RunOnWorker(activity, work)), target, out _);

    private T RunOnWorker<T>(string activity, Func<IProgress<double>, T> work)
    {
        var share = new WorkShare();
        var clock = Stopwatch.StartNew();
        var task = Task.Run(() => work(share));
        try
        {
            bool isShown = false;
            while (Task.WaitAny([task], isShown ? s_progressInterval : s_patience) < 0)
            {
                WriteProgress(RecordOf(activity, share.Value, clock.Elapsed));
                isShown = true;
            }

            if (isShown)
            {
                WriteProgress(new ProgressRecord(0, activity, "Done") { RecordType = ProgressRecordType.Completed });
            }

            return task.GetAwaiter().GetResult();
        }
        finally
        {
            // Stopped while progress was written: the work has its cancelled token and leaves nothing half-done.
            Task.WaitAny([task]);
        }
    }

    private static ProgressRecord RecordOf(string activity, double share, TimeSpan elapsed)
    {
        var record = new ProgressRecord(0, activity, share.ToString("P0", CultureInfo.CurrentCulture))
        {
            PercentComplete = (int)(100 * share),
        };
        if (share > 0)
        {
            record.SecondsRemaining = (int)Math.Min(int.MaxValue, elapsed.TotalSeconds * (1 - share) / share);
        }

        return record;
    }
}
