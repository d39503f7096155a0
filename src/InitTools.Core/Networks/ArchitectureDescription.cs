namespace InitTools;

/// <summary>
/// An architecture as people write it down: layers, first to last, with the shape of an example before them.
/// </summary>
/// <param name="layers">The layers; the first may be of the kind Input.</param>
public sealed class ArchitectureDescription(IReadOnlyList<LayerDescription> layers)
{
    private readonly LayerDescription[] _layers = [.. layers.SkipWhile((layer, index) => index == 0 && layer.IsInput)];

    /// <summary>The architecture.</summary>
    /// <param name="activation">The activation where a layer with weights names none.</param>
    /// <param name="layout">The layout where a layer names none.</param>
    /// <param name="input">The shape of an example, before that of the description; or null.</param>
    /// <exception cref="InitToolsException">
    /// A layer cannot be read, or the layers do not chain: see <see cref="LayerDescription.ReadSpec"/> and
    /// <see cref="Architecture"/>.
    /// </exception>
    public Architecture ReadArchitecture(Activation activation, Layout layout, FeatureShape? input = null) => new(
        _layers.Select((layer, index) => layer.ReadSpec(index + 1, activation, layout)),
        input ?? (layers is [{ IsInput: true } first, ..] ? first.ReadInputShape() : null));

    /// <summary>The tensors of every layer, by the layer's own initializers where it has some.</summary>
    /// <param name="architecture">What <see cref="ReadArchitecture"/> made.</param>
    /// <param name="weight">How weights are drawn where a layer does not say.</param>
    /// <param name="bias">How biases are, likewise; null for none.</param>
    /// <param name="convention">Whose reading of a name holds, or null.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="dtype">The type of the elements.</param>
    /// <param name="layout">Which axes are inputs and outputs.</param>
    public IReadOnlyList<LayerTensors> CreateTensors(
        Architecture architecture,
        Initializer weight,
        Initializer? bias,
        Convention? convention,
        Seed seed,
        DType dtype,
        Layout layout) => LayerTensors.Create(
        architecture,
        layer => _layers[layer].ReadInitializer(convention) ?? weight,
        layer => _layers[layer].ReadBias(convention) ?? bias,
        seed,
        StreamPurpose.Weights,
        dtype,
        layout);
}
