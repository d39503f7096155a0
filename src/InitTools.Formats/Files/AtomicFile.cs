namespace InitTools.Formats;

/// <summary>
/// Writes a file whole or not at all: to a temporary sibling, flushed to the disk, then renamed. Whoever looks at the
/// path sees the old file or the new one, never a part.
/// </summary>
public static class AtomicFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>Makes or replaces a file.</summary>
    /// <param name="path">Where; relative paths are relative to the process's directory. The directory exists.</param>
    /// <param name="force">Whether an existing file is replaced. A symbolic link stays; its target is replaced.</param>
    /// <param name="write">Writes the content. If it throws, the sibling is deleted and nothing has changed.</param>
    /// <param name="cancellation">Ends the wait for the disk; the sibling is then deleted too.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.FileExists"/>: there is a file and <paramref name="force"/> is false;
    /// <see cref="ErrorId.InvalidFile"/>: the path is a directory, its directory does not exist, or the system refused.
    /// </exception>
    public static void Write(string path, bool force, Action<Stream> write, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string destination = Path.GetFullPath(path);
        string directory = Path.GetDirectoryName(destination) ?? destination;
        if (Directory.Exists(destination))
        {
            throw new InitToolsException(
                ErrorId.InvalidFile,
                $"'{path}' is a directory; give the path of a file.",
                path);
        }

        if (!Directory.Exists(directory))
        {
            throw new InitToolsException(
                ErrorId.InvalidFile,
                $"'{path}' cannot be written: the directory '{directory}' does not exist.",
                path);
        }

        try
        {
            if (new FileInfo(destination).LinkTarget is not null)
            {
                destination = File.ResolveLinkTarget(destination, returnFinalTarget: true)!.FullName;
            }

            ThrowIfPresent(path, destination, force);
            Replace(destination, force, write, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another process may have made the file while this one was writing its own.
            ThrowIfPresent(path, destination, force);
            throw new InitToolsException(
                ErrorId.InvalidFile,
                $"'{path}' cannot be written: {exception.Message}",
                path,
                exception);
        }
    }

    /// <summary>Fails where there is a file, which was not to be replaced.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.FileExists"/>.</exception>
    public static void RequireAbsent(string path) => ThrowIfPresent(path, path, force: false);

    private static void Replace(
        string destination, bool force, Action<Stream> write, CancellationToken cancellation)
    {
        // A name of its own length, since a long name plus a suffix could pass the file system's limit.
        string sibling = Path.Combine(
            Path.GetDirectoryName(destination)!,
            $".inittools-{Path.GetRandomFileName()}.tmp");
        FileStream stream = new(sibling, FileMode.CreateNew, FileAccess.Write, FileShare.Delete, BufferSize);
        try
        {
            write(stream);
            RunApart(() => stream.Flush(flushToDisk: true)).WaitAsync(cancellation).GetAwaiter().GetResult();
            stream.Dispose();
            if (!OperatingSystem.IsWindows() && File.Exists(destination))
            {
                File.SetUnixFileMode(sibling, File.GetUnixFileMode(destination));
            }

            File.Move(sibling, destination, overwrite: force);
        }
        catch
        {
            // The name goes at once. The system takes its time to free a large file when it is closed, a second for
            // some gigabytes, and nobody has to wait for that, nor for a flush that is under way.
            File.Delete(sibling);
            RunApart(stream.Dispose);
            throw;
        }
    }

    // What blocks for a second has a thread of its own: those of the pool are as many as the processors, and others
    // wait for them.
    private static Task RunApart(Action work) => Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void ThrowIfPresent(string path, string destination, bool force)
    {
        if (!force && File.Exists(destination))
        {
            throw new InitToolsException(
                ErrorId.FileExists,
                $"'{path}' exists and was not replaced; replacing a file takes -Force (--force).",
                path);
        }
    }
}
