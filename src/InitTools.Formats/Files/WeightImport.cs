namespace InitTools.Formats;

/// <summary>The weights of a file: which of its tensors, and which way round they are.</summary>
public sealed record WeightImport
{
    /// <summary>Names of tensors, with wildcards; all where there are none.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Which axes are inputs and outputs; null for what the file says, and IO where it says nothing.</summary>
    public Layout? Layout { get; init; }

    /// <summary>Lists the weights of a file from its header.</summary>
    /// <param name="path">The file.</param>
    /// <returns>
    /// The weights, in the order of the file; where that is the order of the alphabet, as PyTorch writes them, in the
    /// order of names with the numbers in them as numbers, so that layer 10 comes behind layer 9.
    /// </returns>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidFile"/>: another extension, or a file that cannot be opened;
    /// <see cref="ErrorId.TensorNotFound"/>: no tensor of a name; <see cref="ErrorId.UnknownDType"/>: a tensor that is
    /// called for by its name is no weight.
    /// </exception>
    /// <exception cref="InvalidDataException">The file is malformed; the message names the byte.</exception>
    public ImportedWeights Read(string path)
    {
        TensorFileContents contents = TensorFile.Open(path);
        IReadOnlyList<StoredTensor> tensors = contents.Tensors;
        foreach (string name in Names.Where(name => !NamePattern.HasWildcards(name)))
        {
            RequireWeight(contents, name);
        }

        NamePattern[] patterns = [.. Names.Select(name => new NamePattern(name))];
        StoredTensor[] chosen =
        [
            .. tensors.Where(tensor => patterns.Length == 0 || patterns.Any(pattern => pattern.Matches(tensor.Name))),
        ];
        WeightTensor[] weights =
            [.. chosen.Where(tensor => tensor.IsWeight).Select(tensor => tensor.ToWeightTensor(Layout))];
        return new ImportedWeights(
            contents.IsOrdered ? weights : [.. weights.OrderBy(weight => weight.Name, NumberedNames.Order)],
            [.. chosen.Where(tensor => !tensor.IsWeight)]);
    }

    private static void RequireWeight(TensorFileContents contents, string name)
    {
        NamePattern pattern = new(name);
        if (contents.Tensors.FirstOrDefault(tensor => pattern.Matches(tensor.Name)) is not StoredTensor found)
        {
            string? nearest = NearestName.Of(name, contents.Tensors.Select(tensor => tensor.Name));
            throw new InitToolsException(
                ErrorId.TensorNotFound,
                $"'{contents.Path}' has no tensor '{name}'"
                + (nearest is null ? "; it has none at all." : $"; did you mean '{nearest}'?"),
                name);
        }

        if (!found.IsWeight)
        {
            // Throws what says why it is none.
            _ = found.ToWeightTensor();
        }
    }
}

/// <summary>What was read of a file.</summary>
/// <param name="Weights">Tensors of floating-point numbers.</param>
/// <param name="Others">The rest: integers, and tensors without elements.</param>
public sealed record ImportedWeights(IReadOnlyList<WeightTensor> Weights, IReadOnlyList<StoredTensor> Others);
