namespace InitTools.Formats;

/// <summary>
/// Elements that stand one behind the other in a file, little-endian. The file is open only while it is read, so that a
/// list of thousands of tensors holds none; one that has changed since is not read.
/// </summary>
/// <param name="file">The file, as it was when it was listed.</param>
/// <param name="offset">Where the first element begins.</param>
/// <param name="dtype">Their type.</param>
/// <param name="count">Their number.</param>
internal sealed class FileElements(FileIdentity file, long offset, DType dtype, long count) : IElementReader
{
    public DType DType => dtype;

    public long Count => count;

    public void Read(Memory<byte> destination, long start, ParallelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.CancellationToken.ThrowIfCancellationRequested();
        using FileStream stream = file.OpenUnchanged();
        stream.Position = offset + start * DTypes.SizeOf(dtype);
        stream.ReadExactly(destination.Span);
    }
}
