namespace InitTools.Formats;

/// <summary>
/// The arrays of a .npz file: a zip archive with a .npy file for each, stored or deflated, also of more than 4 GiB. A
/// tensor is called as its member is, without the extension.
/// </summary>
public static class NpzFile
{
    /// <summary>The extension of such files.</summary>
    internal const string Extension = ".npz";

    /// <summary>Lists the arrays from their headers. Members that are no .npy files are passed over.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">Not such a file; the message names the byte and the member.</exception>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidFile"/>: it cannot be opened.</exception>
    public static TensorFileContents Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = FileIdentity.Open(path);
        var file = FileIdentity.Of(stream);
        return new TensorFileContents(
            file.Path,
            [
                .. ZipDirectory.Read(stream)
                    .Where(member => member.Name.EndsWith(NpyFile.Extension, StringComparison.OrdinalIgnoreCase))
                    .Select(member => ReadTensor(stream, file, member)),
            ],
            new Dictionary<string, string>());
    }

    /// <summary>Writes tensors, without compression, and the same bytes on every machine.</summary>
    /// <param name="stream">Where they go; it can seek.</param>
    /// <param name="tensors">The tensors; a slice becomes a vector of its elements.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="progress">Told the number of elements written so far, or null.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ParameterConflict"/>: two tensors of one name; <see cref="ErrorId.InvalidArgument"/>: a name
    /// that is a path out of the archive; and all that <see cref="NpyWriter.HeaderOf"/> throws.
    /// </exception>
    public static void Write(
        Stream stream, IReadOnlyList<WeightTensor> tensors, ParallelOptions options, IProgress<long>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        TensorNaming.RequireDistinct(tensors);
        byte[][] headers = [.. tensors.Select(tensor => NpyWriter.HeaderOf(tensor).ToBytes())];
        if (tensors.FirstOrDefault(tensor => !ZipFormat.StaysInFolder(tensor.Name)) is WeightTensor outside)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"The name '{outside.Name}' is an absolute path, or leads out of its folder; a {Extension} file has no "
                + "such members.",
                outside.Name);
        }

        ZipWriter archive = new(stream);
        long written = 0;
        foreach ((WeightTensor tensor, byte[] header) in tensors.Zip(headers))
        {
            long length = header.Length + tensor.Count * DTypes.SizeOf(tensor.GetDType());
            archive.Add(tensor.Name + NpyFile.Extension, length, member =>
            {
                member.Write(header);
                tensor.WriteTo(member, options, OffsetProgress.Behind(written, progress));
            });
            written += tensor.Count;
        }

        archive.Finish();
    }

    private static StoredTensor ReadTensor(FileStream stream, FileIdentity file, ZipMember member)
    {
        using Stream bytes = member.Open(stream);
        try
        {
            return NpyFile.ReadTensor(
                bytes,
                member.Length,
                member.Name[..^NpyFile.Extension.Length],
                (offset, dtype, count) => member.IsDeflated
                    ? new DeflatedElements(file, member, offset, dtype, count)
                    : new FileElements(file, member.Start + offset, dtype, count));
        }
        catch (InvalidDataException exception)
        {
            throw ZipDirectory.Malformed(
                member.Start, $"{QuotedText.Of(member.Name)}: {exception.Message.TrimEnd('.')}");
        }
    }
}
