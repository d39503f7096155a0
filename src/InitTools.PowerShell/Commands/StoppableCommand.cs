using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;

namespace InitTools.PowerShell.Commands;

/// <summary>Cmdlets that Ctrl+C stops while the libraries are at work for them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class StoppableCommand : InitToolsCommand, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>Cancelled when the cmdlet is stopped.</summary>
    protected CancellationToken Cancellation => _cancellation.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _cancellation.Cancel();

    /// <summary>Disposes of what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cancellation.Dispose();
        }
    }

    /// <summary>Work that ends early because the token was cancelled ends the pipeline, without an error.</summary>
    protected T StopWhenCancelled<T>(Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return work();
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>
    /// What is read for one item, as <see cref="InitToolsCommand.TryMake"/>. Reading changes nothing, so that a cmdlet
    /// that is stopped does not wait until it ends.
    /// </summary>
    protected bool TryRead<T>(Func<T> read, object? target, [MaybeNullWhen(false)] out T result) => TryMake(
        () => StopWhenCancelled(
            () => Task.Run(read, CancellationToken.None).WaitAsync(Cancellation).GetAwaiter().GetResult()),
        target,
        out result);
}
