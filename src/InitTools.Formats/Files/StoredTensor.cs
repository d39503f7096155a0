namespace InitTools.Formats;

/// <summary>
/// A tensor in a file: what its header says, and the way to its values, which are not read before they are asked for.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="StoredType">The type of its elements as the format calls it, such as <c>BF16</c>.</param>
/// <param name="Dimensions">Its dimensions, outermost first; none for a single number.</param>
/// <param name="Bytes">The bytes that it takes.</param>
public sealed record StoredTensor(string Name, string StoredType, IReadOnlyList<long> Dimensions, long Bytes)
{
    /// <summary>
    /// The values, or null where they are no floating-point numbers of 16, 32 or 64 bits, or none at all.
    /// </summary>
    internal IElementReader? Elements { get; init; }

    /// <summary>Which axes are inputs and outputs, where the file says so.</summary>
    public Layout? Layout { get; init; }

    /// <summary>The activation behind the tensor's layer, where the file says so.</summary>
    public Activation? Activation { get; init; }

    /// <summary>Finds the recipe that the file has beside the values, or null.</summary>
    internal Func<RecordedRecipe?>? RecordedRecipe { get; init; }

    /// <summary>True where it can be a weight tensor: floating-point numbers, and one or more of them.</summary>
    public bool IsWeight => Elements is not null || IsRecipe;

    // The file holds how the values are made and not the values.
    private bool IsRecipe { get; init; }

    /// <summary>What a file of recipes says of a tensor.</summary>
    internal static StoredTensor Of(RecordedRecipe recipe)
    {
        WeightTensor tensor = recipe.ToStored();
        return new StoredTensor(
            tensor.Name,
            tensor.DType,
            tensor.GetShape().Dimensions,
            tensor.Count * DTypes.SizeOf(tensor.GetDType()))
        {
            Layout = recipe.Layout,
            Activation = tensor.GetActivation(),
            RecordedRecipe = () => recipe,
            IsRecipe = true,
        };
    }

    /// <summary>The tensor as weights; a single number becomes a vector of one.</summary>
    /// <param name="layout">
    /// Which axes are inputs and outputs; null for what the file says, and for IO where it says nothing.
    /// </param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnknownDType"/>: it is no weight (<see cref="IsWeight"/>);
    /// <see cref="ErrorId.ParameterConflict"/>: it is a recipe, and another layout was given.
    /// </exception>
    public WeightTensor ToWeightTensor(Layout? layout = null)
    {
        if (IsRecipe)
        {
            return layout is null || layout == Layout
                ? RecordedRecipe!()!.ToStored()
                : throw new InitToolsException(
                    ErrorId.ParameterConflict,
                    $"'{Name}' is a recipe, which says that its layout is {Layouts.Spellings.NameOf(Layout!.Value)}; "
                    + "leave the layout out, and give another one where the tensor is written.",
                    Name);
        }

        HeldValues held = ToHeldValues();
        return WeightTensor.Hold(
            Name, held.Shape, held.Elements, layout ?? held.Layout ?? InitTools.Layout.IO, Activation, RecordedRecipe);
    }

    /// <summary>The values as weights; a single number becomes a vector of one.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnknownDType"/>: they are no floating-point numbers, or there are none.
    /// </exception>
    internal HeldValues ToHeldValues() => Elements is null
        ? throw new InitToolsException(
            ErrorId.UnknownDType,
            $"'{Name}' is of type {StoredType} and shape ({string.Join(", ", Dimensions)}); weights are one or more "
            + "numbers of Float16, BFloat16, Float32 or Float64.",
            StoredType)
        : new HeldValues(new TensorShape(Dimensions.Count == 0 ? [1] : [.. Dimensions]), Elements, Layout: Layout);
}

/// <summary>What a file of tensors holds, read from its header.</summary>
/// <param name="Path">The file.</param>
/// <param name="Tensors">Its tensors, in the order of their values in the file.</param>
/// <param name="Metadata">Texts that the file carries besides.</param>
public sealed record TensorFileContents(
    string Path,
    IReadOnlyList<StoredTensor> Tensors,
    IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>
    /// False where the tensors stand in the order of the alphabet, as PyTorch writes them, which says nothing of their
    /// order in the network.
    /// </summary>
    public bool IsOrdered { get; init; } = !NumberedNames.AreAlphabetical(Tensors.Select(tensor => tensor.Name));
}
