namespace InitTools.PowerShell.Binding;

/// <summary>
/// What shape comes out of the layers that were described so far, for a normalization to have a scale for each channel.
/// Layers are read when one asks, since those of a pipeline need not make a network.
/// </summary>
/// <param name="layout">The layout where a layer names none.</param>
/// <param name="input">The shape of an example, or null where it is not known before the first layer.</param>
internal sealed class DescribedShape(Layout layout, FeatureShape? input)
{
    private static readonly Activation s_linear = Activation.Parse("linear");

    private readonly List<LayerDescription?> _unread = [];
    private readonly FeatureShape? _given = input;
    private FeatureShape? _shape = input;

    /// <summary>Takes the next of the pipeline.</summary>
    /// <param name="layer">Its description, or null for what is none, such as a tensor.</param>
    public void Follow(LayerDescription? layer) => _unread.Add(layer);

    /// <summary>The channels that come out of the layers so far.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: they do not follow; and all that a layer that cannot be read throws.
    /// </exception>
    public int RequireChannels()
    {
        string name = "";
        foreach (LayerDescription? layer in _unread)
        {
            if (layer is null || layer.IsInput)
            {
                _shape = layer is null ? null : _given ?? layer.ReadInputShape();
                continue;
            }

            LayerSpec spec = layer.ReadSpec(1, s_linear, layout);
            name = spec.Name;
            _shape = (_shape is null ? null : spec.Operation.OutputOf(_shape))
                ?? (spec.Operation is DenseOperation dense ? new FeatureShape(dense.FanOut) : null);
        }

        _unread.Clear();
        return _shape?.Channels ?? throw new InitToolsException(
            ErrorId.InvalidShape,
            $"How many channels the normalization '{name}' has does not follow from the layers before it; let the "
            + "first layer be dense, or of the kind Input with the shape of an example, such as 3x32x32.",
            name);
    }
}
