namespace InitTools;

/// <summary>The kinds of layers that a network is made of.</summary>
public enum LayerKind
{
    /// <summary>W^T x + b at every position.</summary>
    Dense,

    /// <summary>W * x + b over 1 to 3 axes of positions.</summary>
    Convolution,

    /// <summary>
    /// (x - mean) / sqrt(variance + epsilon) over the channels of a position, times weight, plus bias.
    /// </summary>
    LayerNormalization,

    /// <summary>Channels and positions become units of one position; the order of values stays.</summary>
    Flatten,

    /// <summary>The mean of each channel over a window of positions.</summary>
    AveragePool,

    /// <summary>The largest value of each channel over a window of positions.</summary>
    MaxPool,
}

/// <summary>Names of kinds of layers.</summary>
public static class LayerKinds
{
    /// <summary>The spellings accepted: our own and those of Keras, PyTorch and Flax.</summary>
    public static NamedValue<LayerKind> Spellings { get; } = new(
        "kind of layer",
        ErrorId.UnknownLayerKind,
        ("Dense", LayerKind.Dense), ("Convolution", LayerKind.Convolution),
        ("LayerNormalization", LayerKind.LayerNormalization), ("Flatten", LayerKind.Flatten),
        ("AveragePool", LayerKind.AveragePool), ("MaxPool", LayerKind.MaxPool),
        ("Linear", LayerKind.Dense), ("Conv", LayerKind.Convolution), ("Conv1d", LayerKind.Convolution),
        ("Conv2d", LayerKind.Convolution), ("Conv3d", LayerKind.Convolution),
        ("LayerNorm", LayerKind.LayerNormalization), ("AvgPool", LayerKind.AveragePool),
        ("AvgPool1d", LayerKind.AveragePool), ("AvgPool2d", LayerKind.AveragePool),
        ("AvgPool3d", LayerKind.AveragePool), ("AveragePooling1D", LayerKind.AveragePool),
        ("AveragePooling2D", LayerKind.AveragePool), ("AveragePooling3D", LayerKind.AveragePool),
        ("MaxPool1d", LayerKind.MaxPool), ("MaxPool2d", LayerKind.MaxPool), ("MaxPool3d", LayerKind.MaxPool),
        ("MaxPooling1D", LayerKind.MaxPool), ("MaxPooling2D", LayerKind.MaxPool), ("MaxPooling3D", LayerKind.MaxPool));
}
