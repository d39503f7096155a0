namespace InitTools.Analysis;

/// <summary>
/// One candidate of a comparison, over all seeds: the criterion and its parts, and, where it was trained, how training
/// went. Made by <see cref="InitializerComparer"/>. Every property is a number or short text; an empty one (null) does
/// not apply.
/// </summary>
/// <remarks>
/// q_l is the second moment of layer l's pre-activations and g_l the variance of the gradient with respect to them,
/// both measured on one batch; L is the depth. Factors are geometric means over the seeds.
/// </remarks>
public sealed class InitializerComparison
{
    // An array, since PowerShell does not index other read-only lists.
    private readonly EpochLoss[] _lossCurve;
    private readonly Lazy<LayerComparison[]> _layerCurve;
    private readonly Provenance _provenance;

    internal InitializerComparison(
        IReadOnlyList<EpochLoss> lossCurve,
        Lazy<LayerComparison[]> layerCurve,
        Provenance provenance)
    {
        _lossCurve = [.. lossCurve];
        _layerCurve = layerCurve;
        _provenance = provenance;
    }

    /// <summary>
    /// The place by <see cref="Deviation"/>, from 1; equal deviations share a place.
    /// </summary>
    public int Rank { get; internal init; }

    /// <summary>The candidate's expression.</summary>
    public string Initializer { get; internal init; } = "";

    /// <summary>The activation of the hidden layers; several, in order of first use, are joined by commas.</summary>
    public string Activation { get; internal init; } = "";

    /// <summary>Layers, L.</summary>
    public int Depth { get; internal init; }

    /// <summary>The number of seeds.</summary>
    public int Seeds { get; internal init; }

    /// <summary>
    /// |ln forward| + |ln backward| + |ln first|/L + saturated + dead: zero is perfect, lower is better. Infinity
    /// where the candidate is symmetric, not finite, or lets nothing through; never NaN.
    /// </summary>
    public double Deviation { get; internal init; }

    /// <summary>q_1 / E[x^2]; 0 where the data are all zero, NaN where a z of layer 1 is not finite.</summary>
    public double FirstLayerFactor { get; internal init; }

    /// <summary>(q_L/q_1)^(1/(L-1)); 1 for one layer, NaN where a z of layer 1 or L is not finite.</summary>
    public double ForwardFactor { get; internal init; }

    /// <summary>(g_1/g_L)^(1/(L-1)); 1 for one layer, NaN where a gradient of layer 1 or L is not finite.</summary>
    public double BackwardFactor { get; internal init; }

    /// <summary>
    /// The mean over bounded layers and seeds of the saturated share; empty where no activation is bounded.
    /// </summary>
    public double? SaturatedFraction { get; internal init; }

    /// <summary>The share of hidden units that are zero on every row; 0 without hidden layers.</summary>
    public double DeadFraction { get; internal init; }

    /// <summary>Whether all units of some hidden layer are one unit, to the last bit.</summary>
    public bool Symmetric { get; internal init; }

    /// <summary>Whether a value or gradient of some seed is NaN or infinite.</summary>
    public bool NonFinite { get; internal init; }

    /// <summary>Training loss before the first step, the median over the seeds.</summary>
    public double? InitialLoss { get; internal init; }

    /// <summary>The lowest training loss of any epoch, the median over the seeds.</summary>
    public double? LowestLoss { get; internal init; }

    /// <summary>
    /// Training loss after the last epoch, the median over the seeds; a seed that diverged counts as Infinity.
    /// </summary>
    public double? FinalLoss { get; internal init; }

    /// <summary>
    /// The share of held-out rows named rightly after the last epoch, the median over the seeds; empty without
    /// held-out rows.
    /// </summary>
    public double? HeldOutAccuracy { get; internal init; }

    /// <summary>
    /// Epochs until the training loss first lay below the threshold, the median over the seeds; empty where half of
    /// them or more never got there.
    /// </summary>
    public double? EpochsToThreshold { get; internal init; }

    /// <summary>Seeds whose training ended in a loss that is NaN or infinite.</summary>
    public int? Diverged { get; internal init; }

    /// <summary>The seed that all streams of the comparison derive from.</summary>
    public ulong Seed { get; internal init; }

    /// <summary>The most severe rule that holds over the seeds, a name of <see cref="Analysis.Verdict"/>.</summary>
    public string Verdict { get; internal init; } = "";

    /// <summary>One sentence with the figure that decided.</summary>
    public string Reason { get; internal init; } = "";

    /// <summary>
    /// The loss of every seed after every epoch, epoch 0 before the first step, seed by seed; empty where nothing was
    /// trained.
    /// </summary>
    public IReadOnlyList<EpochLoss> LossCurve() => _lossCurve;

    /// <summary>What was measured in every layer over all seeds, and what theory predicts; first layer first.</summary>
    public IReadOnlyList<LayerComparison> LayerCurve() => _layerCurve.Value;

    /// <summary>What was compared and how; one object for all candidates of a comparison.</summary>
    public Provenance GetProvenance() => _provenance;
}
