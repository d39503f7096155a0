namespace InitTools;

/// <summary>How values that are stored somewhere were made, as it was written down beside them.</summary>
/// <param name="Recipe">The tensor that makes them.</param>
/// <param name="Layout">
/// The layout in which they are stored, which the recipe's own weights may have to be turned to.
/// </param>
public sealed record RecordedRecipe(WeightTensor Recipe, Layout Layout)
{
    /// <summary>A tensor that makes the values as they are stored.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: a slice of a weight, turned.
    /// </exception>
    public WeightTensor ToStored() => Recipe.WithLayout(Layout);

    /// <summary>The recipe of the values once they are turned to the other layout.</summary>
    internal RecordedRecipe Turned() => this with { Layout = Layouts.OtherThan(Layout) };
}
