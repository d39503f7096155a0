using InitTools.Kernels;

namespace InitTools.Analysis;

/// <summary>All figures of one measured layer, before theory and verdict.</summary>
internal sealed record LayerMeasurement
{
    /// <summary>What the verdicts look at.</summary>
    public required LayerFigures Figures { get; init; }

    /// <summary>Of the weight's values; null where it has none.</summary>
    public required Moments? Weight { get; init; }

    /// <summary>Of z over batch and units.</summary>
    public required Moments PreActivation { get; init; }

    /// <summary>Of phi(z) over batch and units.</summary>
    public required Moments Activation { get; init; }

    /// <summary>Of dL/dz over batch and units.</summary>
    public required Moments Gradient { get; init; }

    /// <summary>Of dL/dW over the weight's entries; likewise.</summary>
    public required Moments? WeightGradient { get; init; }

    /// <summary>The mean over units of the variance of z over the batch and positions; null for one value.</summary>
    public required double? PerUnitVariance { get; init; }

    /// <summary>What only a measurement of its own shows; null where it was not asked for.</summary>
    public LayerDetail? Detail { get; init; }
}
