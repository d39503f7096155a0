namespace InitTools.Analysis;

/// <summary>Passes a batch through a stack of layers, forwards and backwards, and judges what it sees.</summary>
public static class LayerVarianceMeasurement
{
    /// <summary>Measures every layer of a stack.</summary>
    public static IReadOnlyList<LayerVariance> Measure(LayerVarianceOptions options) =>
        throw new NotImplementedException();
}
