namespace InitTools;

/// <summary>
/// All values become units of one position, in their order: all positions of the first channel, then those of the
/// second, as PyTorch has it.
/// </summary>
public sealed class FlattenOperation : LayerOperation
{
    /// <inheritdoc/>
    public override LayerKind Kind => LayerKind.Flatten;

    /// <inheritdoc/>
    public override FeatureShape OutputOf(FeatureShape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new FeatureShape(input.Count);
    }

    /// <inheritdoc/>
    public override string Describe() => "flatten";

    /// <inheritdoc/>
    public override NetworkLayer<T> CreateLayer<T>(
        LayerSpec spec,
        FeatureShape input,
        T[]? weight,
        Layout layout,
        T[]? bias) => new FlattenLayer<T>(spec);
}
