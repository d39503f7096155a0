namespace InitTools.Analysis;

/// <summary>
/// One layer of a stack that a batch was passed through, forwards and backwards: every figure that shows vanishing,
/// exploding, saturation, death or symmetry, what theory predicts, a verdict and its reason. Made by
/// <see cref="LayerVarianceMeasurement"/>. Every property is a number or short text; an empty one (null) does not
/// apply to this layer.
/// </summary>
/// <remarks>
/// Variances are population variances over all batch x unit entries unless their summary says otherwise.
/// z is a layer's pre-activation W x + b, phi(z) its activation.
/// </remarks>
public sealed class LayerVariance
{
    private readonly Provenance _provenance;

    internal LayerVariance(Provenance provenance)
    {
        _provenance = provenance;
    }

    /// <summary>The layer's place in the stack, from 1.</summary>
    public int Layer { get; internal init; }

    /// <summary>The layer's name.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The activation measured behind this layer, as an expression.</summary>
    public string Activation { get; internal init; } = "";

    /// <summary>Inputs of the layer.</summary>
    public long FanIn { get; internal init; }

    /// <summary>Units of the layer.</summary>
    public long FanOut { get; internal init; }

    /// <summary>The weight's initializer expression.</summary>
    public string Initializer { get; internal init; } = "";

    /// <summary>Mean of the weight's values.</summary>
    public double WeightMean { get; internal init; }

    /// <summary>Population variance of the weight's values.</summary>
    public double WeightVariance { get; internal init; }

    /// <summary>Mean of z.</summary>
    public double PreActivationMean { get; internal init; }

    /// <summary>Variance of z.</summary>
    public double PreActivationVariance { get; internal init; }

    /// <summary>q = E[z^2].</summary>
    public double PreActivationSecondMoment { get; internal init; }

    /// <summary>Mean of phi(z).</summary>
    public double ActivationMean { get; internal init; }

    /// <summary>Variance of phi(z).</summary>
    public double ActivationVariance { get; internal init; }

    /// <summary>E[phi(z)^2].</summary>
    public double ActivationSecondMoment { get; internal init; }

    /// <summary>
    /// The mean over units of the variance of z over the batch: what the units tell about the rows, as opposed to what
    /// sets the units apart. Empty for a batch of one row.
    /// </summary>
    public double? PerUnitVariance { get; internal init; }

    /// <summary>
    /// The share of entries at the bounds of a bounded activation (sigmoid outside [0.01, 0.99], |tanh| above 0.99);
    /// empty for activations without bounds.
    /// </summary>
    public double? SaturatedFraction { get; internal init; }

    /// <summary>The share of entries whose activation is exactly zero.</summary>
    public double ZeroFraction { get; internal init; }

    /// <summary>Units whose activation is exactly zero on every row of the batch.</summary>
    public int DeadUnits { get; internal init; }

    /// <summary>Units that differ in an incoming weight or the bias, by as little as a bit.</summary>
    public int DistinctUnits { get; internal init; }

    /// <summary>g, the variance of dL/dz.</summary>
    public double GradientVariance { get; internal init; }

    /// <summary>The population variance of dL/dW over the weight's entries, with L summed over the batch.</summary>
    public double WeightGradientVariance { get; internal init; }

    /// <summary>g of this layer over g of the last; empty where that is zero.</summary>
    public double? GradientRatio { get; internal init; }

    /// <summary>
    /// q as the infinite-width theory has it, from the batch's E[x^2] and the initializers' variances; empty where the
    /// theory does not apply.
    /// </summary>
    public double? ExpectedSecondMoment { get; internal init; }

    /// <summary>
    /// The <see cref="GradientRatio"/> that the infinite-width theory has; empty where the theory does not apply.
    /// </summary>
    public double? ExpectedGradientFactor { get; internal init; }

    /// <summary>Values among z, phi(z) and dL/dz that are NaN or infinite.</summary>
    public long NonFinite { get; internal init; }

    /// <summary>The seed of the drawn batch and the drawn gradient.</summary>
    public ulong Seed { get; internal init; }

    /// <summary>The most severe rule that holds, a name of <see cref="Analysis.Verdict"/>.</summary>
    public string Verdict { get; internal init; } = "";

    /// <summary>One sentence with the figure that decided.</summary>
    public string Reason { get; internal init; } = "";

    /// <summary>What was measured and how; one object for all layers of a measurement.</summary>
    public Provenance GetProvenance() => _provenance;
}
