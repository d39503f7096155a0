namespace InitTools.Formats;

/// <summary>Data in a file: a table of numbers, read by the file's extension (.csv or .npy).</summary>
public static class DataFile
{
    /// <summary>Reads a whole file.</summary>
    /// <param name="path">A .csv file (<see cref="CsvDataReader"/>) or a .npy file (<see cref="NpyReader"/>).</param>
    /// <param name="excludedColumns">Columns that are not read, and so may hold anything; none if null.</param>
    /// <param name="allowsNonFinite">True where NaN and infinities are numbers like others.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidFile"/>: there is no such file, it cannot be read, or its extension is neither of the
    /// two; <see cref="ErrorId.InvalidCell"/>, <see cref="ErrorId.EmptyBatch"/>, <see cref="ErrorId.ColumnNotFound"/>.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// The file is malformed; the message names the byte or the line.
    /// </exception>
    public static DataSet Read(
        string path,
        IReadOnlyCollection<string>? excludedColumns = null,
        bool allowsNonFinite = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Func<Stream, IReadOnlyCollection<string>?, bool, CancellationToken, DataSet> read =
            Path.GetExtension(path) switch
            {
                string name when name.Equals(".csv", StringComparison.OrdinalIgnoreCase) => CsvDataReader.Read,
                string name when name.Equals(NpyFile.Extension, StringComparison.OrdinalIgnoreCase) => ReadMatrix,
                string name => throw new InitToolsException(
                    ErrorId.InvalidFile,
                    $"'{path}' has the extension '{name}'; data are read from .csv and .npy files.",
                    path),
            };
        return Open(path, stream => read(stream, excludedColumns, allowsNonFinite, cancellationToken));
    }

    /// <summary>Reads a file, and says in one way where it cannot be.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidFile"/>.</exception>
    internal static T Open<T>(string path, Func<Stream, T> read)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            return read(stream);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Unreadable(path, exception);
        }
    }

    private static DataSet ReadMatrix(
        Stream stream,
        IReadOnlyCollection<string>? excludedColumns,
        bool allowsNonFinite,
        CancellationToken cancellationToken)
    {
        if (excludedColumns is not { Count: > 0 })
        {
            return NpyReader.ReadMatrix(stream, allowsNonFinite, cancellationToken);
        }

        // An excluded column may hold anything.
        DataSet data = NpyReader.ReadMatrix(stream, allowsNonFinite: true, cancellationToken)
            .ExcludeColumns(excludedColumns);
        if (!allowsNonFinite)
        {
            data.RequireFinite();
        }

        return data;
    }
}
