namespace InitTools.Analysis;

/// <summary>A layer whose outputs on a batch were brought to unit variance, where it has weights to scale.</summary>
/// <param name="Tensors">The layer, its weight rescaled; the bias as it was.</param>
/// <param name="InitialStandardDeviation">
/// That of the layer's pre-activations before, the layers before it being done.
/// </param>
/// <param name="StandardDeviation">That of its pre-activations now: over all units and rows, population.</param>
/// <param name="Rescales">How often the weight was rescaled.</param>
public sealed record UnitVarianceLayer(
    LayerTensors Tensors, double InitialStandardDeviation, double StandardDeviation, int Rescales);
