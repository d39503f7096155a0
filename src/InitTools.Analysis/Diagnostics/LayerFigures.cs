namespace InitTools.Analysis;

/// <summary>What <see cref="VerdictRules"/> look at in one measured layer.</summary>
public sealed record LayerFigures
{
    /// <summary>The layer's place in the stack, from 1.</summary>
    public required int Layer { get; init; }

    /// <summary>The layer's name.</summary>
    public required string Name { get; init; }

    /// <summary>Units of the layer; the channels of one with positions.</summary>
    public required int UnitCount { get; init; }

    /// <summary>
    /// True where the layer is one of those from which to which a stack is judged: it multiplies by weights that
    /// connect units, and no skip goes round it.
    /// </summary>
    public bool IsCounted { get; init; } = true;

    /// <summary>Rows of the batch.</summary>
    public required int RowCount { get; init; }

    /// <summary>q, the second moment of the pre-activations.</summary>
    public required double SecondMoment { get; init; }

    /// <summary>The largest finite pre-activation, or null where it is not known.</summary>
    public double? LargestPreActivation { get; init; }

    /// <summary>g, the variance of the gradient with respect to the pre-activations.</summary>
    public required double GradientVariance { get; init; }

    /// <summary>Positions of each channel; 1 without.</summary>
    public int PositionCount { get; init; } = 1;

    /// <summary>
    /// The gradient of a whole channel: its variance summed over positions. A stride or a pool has fewer positions
    /// behind it than before it, and the same gradient is spread over the more.
    /// </summary>
    public double GradientOfUnit => GradientVariance * PositionCount;

    /// <summary>The saturated share of a bounded activation's entries, or null.</summary>
    public double? SaturatedFraction { get; init; }

    /// <summary>Units that are exactly zero on every row, at every position.</summary>
    public int DeadUnits { get; init; }

    /// <summary>Units that differ in an incoming weight or the bias; null where no weights connect units.</summary>
    public required int? DistinctUnits { get; init; }

    /// <summary>Units that differ in the gradient of some row; null where they differ anyway.</summary>
    public int? DistinctGradients { get; init; }

    /// <summary>Pre-activations and activations that are NaN or infinite.</summary>
    public long NonFiniteValues { get; init; }

    /// <summary>Gradients with respect to pre-activations that are NaN or infinite.</summary>
    public long NonFiniteGradients { get; init; }

    /// <summary>All values and gradients that are NaN or infinite.</summary>
    public long NonFinite => NonFiniteValues + NonFiniteGradients;
}
