namespace InitTools.Formats;

/// <summary>Tensors in a file, in the format that its extension names (.npy, .safetensors).</summary>
public static class TensorFile
{
    private const string Npy = ".npy";
    private const string Safetensors = ".safetensors";

    /// <summary>Whether the file of a path holds several tensors, as its extension says.</summary>
    public static bool HoldsSeveral(string path) => HasExtension(path, Safetensors);

    /// <summary>Lists the tensors of a .safetensors file from its header; their values are read when asked for.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidFile"/>: another extension, or a file that cannot be opened.
    /// </exception>
    /// <exception cref="InvalidDataException">The file is malformed; the message names the byte.</exception>
    public static TensorFileContents Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return HasExtension(path, Safetensors)
            ? SafetensorsReader.Read(path)
            : throw new InitToolsException(
                ErrorId.InvalidFile,
                $"'{path}' has the extension '{Path.GetExtension(path)}'; tensors are read from .safetensors files.",
                path);
    }

    /// <summary>Makes or replaces a file, whole or not at all (<see cref="AtomicFile"/>).</summary>
    /// <param name="path">Where; its extension is .npy or .safetensors.</param>
    /// <param name="tensors">What; a .npy file holds one tensor.</param>
    /// <param name="force">Whether an existing file is replaced.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="progress">Told the share of the elements written so far, from 0 to 1, or null.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidFile"/>: another extension, several tensors for a format of one, or a path that cannot
    /// be written; <see cref="ErrorId.FileExists"/>; and what <see cref="NpyWriter.HeaderOf"/> and
    /// <see cref="SafetensorsWriter.HeaderOf"/> throw.
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
        IProgress<long>? share = progress is null ? null : new ShareOf(tensors.Sum(tensor => (double)tensor.Count), progress);
        if (HasExtension(path, Safetensors))
        {
            _ = SafetensorsWriter.HeaderOf(tensors);
            AtomicFile.Write(path, force, stream => SafetensorsWriter.Write(stream, tensors, options, share));
            return;
        }

        if (!HasExtension(path, Npy))
        {
            throw new InitToolsException(
                ErrorId.InvalidFile,
                $"'{path}' has the extension '{Path.GetExtension(path)}'; tensors are written to .npy and .safetensors "
                + "files.",
                path);
        }

        if (tensors.Count != 1)
        {
            throw new InitToolsException(
                ErrorId.InvalidFile,
                $"'{path}' takes one tensor, as a .npy file holds one; {tensors.Count} were given " +
                $"({string.Join(", ", tensors.Select(tensor => tensor.Name))}). Write each to a file of its own, or all " +
                "to a .safetensors file.",
                path);
        }

        _ = NpyWriter.HeaderOf(tensors[0]);
        AtomicFile.Write(path, force, stream => NpyWriter.Write(stream, tensors[0], options, share));
    }

    private static bool HasExtension(string path, string extension) =>
        Path.GetExtension(path).Equals(extension, StringComparison.OrdinalIgnoreCase);

    private sealed class ShareOf(double total, IProgress<double> progress) : IProgress<long>
    {
        public void Report(long value) => progress.Report(value / total);
    }
}
