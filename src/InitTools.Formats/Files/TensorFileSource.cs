namespace InitTools.Formats;

/// <summary>Tensors of files that initializers name, as <c>FromFile('weights.npz', 'fc1.weight')</c> does.</summary>
/// <param name="resolve">
/// The path of the file system that a path of an expression stands for; throws where such a file is not read.
/// </param>
public sealed class TensorFileSource(Func<string, string> resolve) : ITensorFileSource
{
    /// <inheritdoc/>
    public bool IsDeferred { get; private init; }

    /// <summary>
    /// The source for expressions that stand in a file themselves. Whoever opens that file has not read it, and it may
    /// be from anywhere: it names files in its own folder and below, and no others.
    /// </summary>
    /// <param name="path">The file with the expressions.</param>
    /// <param name="isDeferred">As in <see cref="ITensorFileSource.IsDeferred"/>.</param>
    public static TensorFileSource Beside(string path, bool isDeferred = false)
    {
        string file = Path.GetFullPath(path);
        return new TensorFileSource(name => Resolve(file, name)) { IsDeferred = isDeferred };
    }

    /// <inheritdoc/>
    public Func<HeldValues> Find(string path, string? tensor)
    {
        // A path of PowerShell is that of the location where it was read.
        Lazy<string> file = new(() => resolve(path));
        if (!IsDeferred)
        {
            _ = file.Value;
        }

        return () => Open(file.Value, tensor);
    }

    private static string Resolve(string file, string name)
    {
        // Paths of Windows, and those of completion that begin with the current folder, mean the same here.
        string relative = string.Join('/', name.Split('/', '\\').Where(part => part != "."));
        string? found = PathInFolder.Find(Path.GetDirectoryName(file)!, relative);
        return found is not null && found != PathInFolder.Find(Path.GetDirectoryName(file)!, Path.GetFileName(file))
            ? found
            : throw new InitToolsException(
                ErrorId.InvalidFile,
                $"FromFile names {QuotedText.Of(name)}; an expression in a file reads other files of that file's "
                + "folder alone, by a relative path without '..'. Put the file there, or make the tensor with "
                + "New-InitWeights, which reads any.",
                name);
    }

    private static HeldValues Open(string file, string? name)
    {
        if (!TensorFormat.Of(file).HoldsValues)
        {
            throw new InitToolsException(
                ErrorId.InvalidFile,
                $"'{file}' holds recipes, and FromFile reads values; read the recipes with Import-InitWeights.",
                file);
        }

        TensorFileContents contents = Read(file);
        StoredTensor tensor = name is null
            ? RequireOnly(contents)
            : contents.Tensors.FirstOrDefault(stored => stored.Name == name) ?? throw new InitToolsException(
                ErrorId.TensorNotFound, $"'{file}' has no tensor '{name}'{Listed(contents)}", name);
        return tensor.ToHeldValues();
    }

    private static TensorFileContents Read(string file)
    {
        try
        {
            return TensorFile.Open(file);
        }
        catch (InvalidDataException exception)
        {
            // Whoever reads this asked for another file, or for none.
            throw new InvalidDataException($"'{file}': {exception.Message}", exception);
        }
    }

    private static StoredTensor RequireOnly(TensorFileContents contents) => contents.Tensors is [StoredTensor only]
        ? only
        : throw new InitToolsException(
            ErrorId.TensorNotFound,
            $"'{contents.Path}' holds several tensors; say which one, such as "
            + $"FromFile('{Path.GetFileName(contents.Path)}', 'fc1.weight'){Listed(contents)}",
            contents.Path);

    private static string Listed(TensorFileContents contents)
    {
        const int Most = 10;
        string[] names = [.. contents.Tensors.Take(Most).Select(tensor => QuotedText.Of(tensor.Name))];
        int rest = contents.Tensors.Count - names.Length;
        return names.Length == 0
            ? "; it has none at all."
            : $"; it has {string.Join(", ", names)}{(rest > 0 ? $" and {rest} more" : "")}.";
    }
}
