namespace InitTools.Formats;

/// <summary>A file by its path, length and time of writing, so that a change between two looks is noticed.</summary>
internal sealed record FileIdentity(string Path, long Length, DateTime LastWriteTimeUtc)
{
    private const int MaximumTextLength = SafetensorsReader.MaximumHeaderLength;

    /// <summary>The file as it is now.</summary>
    public static FileIdentity Of(FileStream stream) =>
        new(stream.Name, stream.Length, File.GetLastWriteTimeUtc(stream.SafeFileHandle));

    /// <summary>Opens the file for reading.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidFile"/>: it cannot be opened.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Unreadable(path, exception);
        }
    }

    /// <summary>The full path and the bytes of a file of text.</summary>
    /// <exception cref="InvalidDataException">It has more bytes than are read.</exception>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidFile"/>: it cannot be opened.</exception>
    public static (string Path, byte[] Bytes) ReadText(string path)
    {
        using FileStream stream = Open(path);
        if (stream.Length > MaximumTextLength)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"'{path}' has {stream.Length} bytes of text; at most {MaximumTextLength} are read."));
        }

        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return (stream.Name, bytes);
    }

    /// <summary>Opens the file again.</summary>
    /// <exception cref="InvalidDataException">It is another file now.</exception>
    public FileStream OpenUnchanged()
    {
        FileStream stream = Open(Path);
        if (Of(stream) == this)
        {
            return stream;
        }

        stream.Dispose();
        throw new InvalidDataException($"'{Path}' has changed since it was opened; open it again.");
    }
}
