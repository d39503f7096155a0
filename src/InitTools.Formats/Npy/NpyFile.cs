namespace InitTools.Formats;

/// <summary>
/// The one tensor of a .npy file, from its header: versions 1.0, 2.0 and 3.0, C and Fortran order, both byte orders. It
/// is called as the file is.
/// </summary>
public static class NpyFile
{
    /// <summary>The extension of such files.</summary>
    internal const string Extension = ".npy";

    /// <summary>Reads the header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">Not such a file; the message names the byte offset.</exception>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidFile"/>: it cannot be opened.</exception>
    public static TensorFileContents Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = FileIdentity.Open(path);
        var file = FileIdentity.Of(stream);
        StoredTensor tensor = ReadTensor(
            stream,
            file.Length,
            Path.GetFileNameWithoutExtension(path),
            (offset, dtype, count) => new FileElements(file, offset, dtype, count));
        return new TensorFileContents(file.Path, [tensor], new Dictionary<string, string>());
    }

    /// <summary>The tensor of a file, or of a member of an archive.</summary>
    /// <param name="stream">The file, from its beginning.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="name">The tensor's name.</param>
    /// <param name="open">The elements of a type that stand behind an offset, as they are stored.</param>
    internal static StoredTensor ReadTensor(
        Stream stream, long length, string name, Func<long, DType, long, IElementReader> open)
    {
        NpyHeader header = NpyHeader.Read(stream, out int offset);
        if (NpyTypes.SizeOf(header.Descr) is not int size)
        {
            throw NpyHeader.Malformed(
                offset,
                $"the element type '{header.Descr}' is none of fixed-width numbers, such as '<f4', '>f8', '<i8'");
        }

        long available = length - offset;
        long count = header.RequireCount(size, offset, available);
        return new StoredTensor(name, header.Descr, header.Shape, available)
        {
            Elements = count > 0 && NpyTypes.ToDType(header.Descr) is DType dtype
                ? Arrange(open(offset, dtype, count), header)
                : null,
        };
    }

    private static IElementReader Arrange(IElementReader stored, NpyHeader header)
    {
        IElementReader elements = NpyTypes.IsBigEndian(header.Descr) ? new SwappedElements(stored) : stored;

        // Where the first index runs fastest, the file holds the array of the opposite axes.
        return header.FortranOrder && header.Shape.Count > 1
            ? new AxisReversal(elements, [.. header.Shape.Reverse()])
            : elements;
    }
}
