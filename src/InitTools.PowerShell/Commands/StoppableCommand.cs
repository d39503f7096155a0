using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Management.Automation;
using InitTools.Formats;
using InitTools.PowerShell.Binding;

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

    /// <summary>The files that a path stands for; where there is none, the error is written.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isLiteral">Whether it is taken as it is written, or may have wildcards.</param>
    /// <param name="files">The files.</param>
    private protected bool TryFindFiles(
        string path, bool isLiteral, [NotNullWhen(true)] out IReadOnlyList<string>? files) => TryMake(
            () => isLiteral ? [ProviderPath.OfFile(this, path)] : ProviderPath.OfExistingFiles(this, path),
            path,
            out files);

    /// <summary>The weight tensors of a file; -Verbose names what else it holds.</summary>
    /// <param name="import">What is wanted of the file.</param>
    /// <param name="file">The file.</param>
    /// <param name="weights">The tensors.</param>
    private protected bool TryImport(
        WeightImport import, string file, [NotNullWhen(true)] out IReadOnlyList<WeightTensor>? weights)
    {
        if (!TryRead<ImportedWeights>(() => import.Read(file), file, out ImportedWeights? imported))
        {
            weights = null;
            return false;
        }

        foreach (StoredTensor other in imported.Others)
        {
            WriteVerbose(string.Create(
                CultureInfo.InvariantCulture,
                $"{other.Name}: {other.StoredType}, shape ({string.Join(", ", other.Dimensions)}), is no weight."));
        }

        weights = imported.Weights;
        return true;
    }
}
