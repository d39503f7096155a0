namespace InitTools.Formats;

/// <summary>A format of files, known by how its files' names end.</summary>
/// <param name="Extension">The end of the names, such as <c>.npy</c>.</param>
/// <param name="Read">Lists the tensors of a file.</param>
/// <param name="Write">Writes tensors, and tells the number of elements written so far; null where none are.</param>
internal sealed record TensorFormat(
    string Extension, Func<string, TensorFileContents> Read, TensorFormat.Writer? Write)
{
    /// <summary>Writes tensors to a stream.</summary>
    public delegate void Writer(
        Stream stream, IReadOnlyList<WeightTensor> tensors, ParallelOptions options, IProgress<long>? progress);

    /// <summary>Whether a file holds one tensor alone.</summary>
    public bool HoldsOne { get; init; }

    /// <summary>Whether a file holds values, and not only how they are made.</summary>
    public bool HoldsValues { get; init; } = true;

    /// <summary>All formats.</summary>
    public static IReadOnlyList<TensorFormat> All { get; } =
    [
        new(SafetensorsReader.Extension, SafetensorsReader.Read, SafetensorsWriter.Write),
        new(SafetensorsIndex.Extension, SafetensorsIndex.Read, Write: null),
        new(
            RecipeFile.Extension,
            RecipeFile.Read,
            (stream, tensors, options, progress) => RecipeFile.Write(stream, tensors))
        {
            HoldsValues = false,
        },
        new(NpzFile.Extension, NpzFile.Read, NpzFile.Write),
        new(
            NpyFile.Extension,
            NpyFile.Read,
            (stream, tensors, options, progress) => NpyWriter.Write(stream, tensors[0], options, progress))
        {
            HoldsOne = true,
        },
        new(OnnxFile.Extension, OnnxFile.Read, Write: null),
    ];

    /// <summary>The format of a file's name.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidFile"/>: another extension.</exception>
    public static TensorFormat Of(string path, bool isWritten = false) =>
        All.FirstOrDefault(format =>
            path.EndsWith(format.Extension, StringComparison.OrdinalIgnoreCase) && !(isWritten && format.Write is null))
        ?? throw new InitToolsException(
            ErrorId.InvalidFile,
            $"'{path}' has the extension '{Path.GetExtension(path)}'; tensors are "
            + $"{(isWritten ? "written to" : "read from")} files that end in "
            + $"{string.Join(", ", All.Where(f => !isWritten || f.Write is not null).Select(f => f.Extension))}.",
            path);
}
