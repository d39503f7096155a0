namespace InitTools.Formats;

/// <summary>Tensors in a file, in the format that the end of its name says.</summary>
public static class TensorFile
{
    /// <summary>Whether the file of a path holds several tensors, as its extension says.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidFile"/>: another extension.</exception>
    public static bool HoldsSeveral(string path) => !TensorFormat.Of(path, isWritten: true).HoldsOne;

    /// <summary>Lists the tensors of a file from its header; their values are read when asked for.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidFile"/>: another extension, or a file that cannot be opened.
    /// </exception>
    /// <exception cref="InvalidDataException">The file is malformed; the message names the byte.</exception>
    public static TensorFileContents Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return TensorFormat.Of(path).Read(path);
    }

    /// <summary>Makes or replaces files, each whole or not at all (<see cref="AtomicFile"/>).</summary>
    /// <param name="path">Where; the end of its name says the format.</param>
    /// <param name="tensors">What; a .npy file holds one tensor.</param>
    /// <param name="force">Whether an existing file is replaced.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="progress">Told the share of the elements written so far, from 0 to 1, or null.</param>
    /// <param name="part">
    /// Which part of the tensors is written, to a .safetensors file of its own beside an index of all, or null for one
    /// file.
    /// </param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidFile"/>: another extension, several tensors for a format of one, a path that cannot be
    /// written, or a recipe that names a file which it would not find from there;
    /// <see cref="ErrorId.FileExists"/>; <see cref="ErrorId.ParameterConflict"/> and
    /// <see cref="ErrorId.InvalidArgument"/>: parts of another format, or more parts than tensors; and what the writers
    /// throw where a format has no such tensors.
    /// </exception>
    public static void Write(
        string path,
        IReadOnlyList<WeightTensor> tensors,
        bool force,
        ParallelOptions options,
        IProgress<double>? progress = null,
        PartNumber? part = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        var format = TensorFormat.Of(path, isWritten: true);
        if (part is PartNumber chosen)
        {
            PartedTensors.Plan(path, tensors, chosen.Count).Write(chosen.Number, force, options, progress);
            return;
        }

        if (format.HoldsOne && tensors.Count != 1)
        {
            throw new InitToolsException(
                ErrorId.InvalidFile,
                $"'{path}' takes one tensor, as a {format.Extension} file holds one; {tensors.Count} were given "
                + $"({string.Join(", ", tensors.Select(tensor => tensor.Name))}). Write each to a file of its own, or "
                + "all to a .npz or .safetensors file.",
                path);
        }

        if (!format.HoldsValues)
        {
            RecipeFile.RequireReadable(path, tensors);
        }

        var share = ShareProgress.Of(0, tensors.Sum(tensor => (double)tensor.Count), progress);
        AtomicFile.Write(
            path, force, stream => format.Write!(stream, tensors, options, share), options.CancellationToken);
    }
}
