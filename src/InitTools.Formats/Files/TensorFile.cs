namespace InitTools.Formats;

/// <summary>Tensors in a file, in the format that its extension names (.npy).</summary>
public static class TensorFile
{
    /// <summary>Makes or replaces a file, whole or not at all (<see cref="AtomicFile"/>).</summary>
    /// <param name="path">Where; its extension is .npy.</param>
    /// <param name="tensors">What; a .npy file holds one tensor.</param>
    /// <param name="force">Whether an existing file is replaced.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="progress">Told the share of the elements written so far, from 0 to 1, or null.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidFile"/>: another extension, several tensors for a format of one, or a path that cannot
    /// be written; <see cref="ErrorId.FileExists"/>; and what <see cref="NpyWriter.HeaderOf"/> throws.
    /// </exception>
    public static void Write(
        string path,
        IReadOnlyList<WeightTensor> tensors,
        bool force,
        ParallelOptions options,
        IProgress<double>? progress = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        string extension = Path.GetExtension(path);
        if (!extension.Equals(".npy", StringComparison.OrdinalIgnoreCase))
        {
            throw new InitToolsException(
                ErrorId.InvalidFile,
                $"'{path}' has the extension '{extension}'; tensors are written to .npy files.",
                path);
        }

        if (tensors.Count != 1)
        {
            throw new InitToolsException(
                ErrorId.InvalidFile,
                $"'{path}' takes one tensor, as a .npy file holds one; {tensors.Count} were given " +
                $"({string.Join(", ", tensors.Select(tensor => tensor.Name))}). Write each to a file of its own.",
                path);
        }

        WeightTensor tensor = tensors[0];
        _ = NpyWriter.HeaderOf(tensor);
        AtomicFile.Write(path, force, stream => NpyWriter.Write(
            stream,
            tensor,
            options,
            progress is null ? null : new ShareOf(tensor.Count, progress)));
    }

    private sealed class ShareOf(long total, IProgress<double> progress) : IProgress<long>
    {
        public void Report(long value) => progress.Report((double)value / total);
    }
}
