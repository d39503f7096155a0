namespace InitTools.Analysis;

/// <summary>What a chart of layers draws.</summary>
public enum LayerChartKind
{
    /// <summary>Second moment and gradient variance by layer on logarithmic axes, one series an initializer.</summary>
    Curve,

    /// <summary>The histogram of each layer's pre-activations, a line a layer.</summary>
    PreActivationHistogram,

    /// <summary>The histogram of each layer's activations, a line a layer.</summary>
    ActivationHistogram,
}

/// <summary>Names of kinds of charts.</summary>
public static class LayerChartKinds
{
    /// <summary>The spellings accepted.</summary>
    public static NamedValue<LayerChartKind> Spellings { get; } = new(
        "kind of chart",
        ErrorId.InvalidArgument,
        ("Curve", LayerChartKind.Curve),
        ("PreActivationHistogram", LayerChartKind.PreActivationHistogram),
        ("ActivationHistogram", LayerChartKind.ActivationHistogram));
}
