namespace InitTools.Analysis;

/// <summary>
/// One candidate of a comparison, over all seeds: the criterion and its parts, and, where it was trained, how training
/// went. Made by <see cref="InitializerComparer"/>. Every property is a number or short text; an empty one (null) does
/// not apply.
/// </summary>
/// <remarks>
/// q_l is the second moment of layer l's pre-activations and g_l the variance of the gradient with respect to them,
/// both measured on one batch; L is the depth. Factors are geometric means over the seeds. Standard errors are the
/// jackknife's over the seeds, and empty for one seed.
/// </remarks>
public sealed class InitializerComparison
{
    // An array, since PowerShell does not index other read-only lists.
    private readonly LearningRateResult[] _rates;
    private readonly LearningRateResult? _best;
    private readonly Lazy<LayerComparison[]> _layerCurve;
    private readonly Provenance _provenance;

    internal InitializerComparison(
        LearningRateResult[] rates,
        LearningRateResult? best,
        Lazy<LayerComparison[]> layerCurve,
        Provenance provenance)
    {
        _rates = rates;
        _best = best;
        _layerCurve = layerCurve;
        _provenance = provenance;
    }

    /// <summary>
    /// The place by <see cref="Deviation"/>, from 1; candidates share a place where the difference is within the
    /// tolerance for ties.
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

    /// <summary>The standard error of <see cref="Deviation"/>.</summary>
    public double? DeviationStandardError { get; internal init; }

    /// <summary>q_1 / E[x^2]; 0 where the data are all zero, NaN where a z of layer 1 is not finite.</summary>
    public double FirstLayerFactor { get; internal init; }

    /// <summary>The standard error of <see cref="FirstLayerFactor"/>.</summary>
    public double? FirstLayerFactorStandardError { get; internal init; }

    /// <summary>(q_L/q_1)^(1/(L-1)); 1 for one layer, NaN where a z of layer 1 or L is not finite.</summary>
    public double ForwardFactor { get; internal init; }

    /// <summary>The standard error of <see cref="ForwardFactor"/>.</summary>
    public double? ForwardFactorStandardError { get; internal init; }

    /// <summary>(g_1/g_L)^(1/(L-1)); 1 for one layer, NaN where a gradient of layer 1 or L is not finite.</summary>
    public double BackwardFactor { get; internal init; }

    /// <summary>The standard error of <see cref="BackwardFactor"/>.</summary>
    public double? BackwardFactorStandardError { get; internal init; }

    /// <summary>
    /// The mean over bounded layers and seeds of the saturated share; empty where no activation is bounded.
    /// </summary>
    public double? SaturatedFraction { get; internal init; }

    /// <summary>The standard error of <see cref="SaturatedFraction"/>.</summary>
    public double? SaturatedFractionStandardError { get; internal init; }

    /// <summary>The share of hidden units that are zero on every row; 0 without hidden layers.</summary>
    public double DeadFraction { get; internal init; }

    /// <summary>The standard error of <see cref="DeadFraction"/>.</summary>
    public double? DeadFractionStandardError { get; internal init; }

    /// <summary>Whether all units of some hidden layer are one unit, to the last bit.</summary>
    public bool Symmetric { get; internal init; }

    /// <summary>Whether a value or gradient of some seed is NaN or infinite.</summary>
    public bool NonFinite { get; internal init; }

    /// <summary>
    /// The learning rate that the columns of training are about: of those tried, the one with the lowest final loss.
    /// Empty, like all of them, where nothing was trained.
    /// </summary>
    public double? LearningRate => _best?.LearningRate;

    /// <summary>Training loss before the first step, the median over the seeds.</summary>
    public double? InitialLoss => _best?.InitialLoss;

    /// <summary>The lowest training loss of any epoch, the median over the seeds.</summary>
    public double? LowestLoss => _best?.LowestLoss;

    /// <summary>
    /// Training loss after the last epoch, the median over the seeds; a seed that diverged counts as Infinity.
    /// </summary>
    public double? FinalLoss => _best?.FinalLoss;

    /// <summary>Held-out loss after the last epoch, the median over the seeds; empty without held-out rows.</summary>
    public double? HeldOutLoss => _best?.HeldOutLoss;

    /// <summary>
    /// The share of held-out rows named rightly after the last epoch, the median over the seeds; empty without
    /// held-out rows or classes.
    /// </summary>
    public double? HeldOutAccuracy => _best?.HeldOutAccuracy;

    /// <summary>
    /// Epochs until the training loss first lay below the threshold, the median over the seeds; empty where half of
    /// them or more never got there.
    /// </summary>
    public double? EpochsToThreshold => _best?.EpochsToThreshold;

    /// <summary>Seeds whose training ended in a loss that is NaN or infinite.</summary>
    public int? Diverged => _best?.Diverged;

    /// <summary>The seed that all streams of the comparison derive from.</summary>
    public ulong Seed { get; internal init; }

    /// <summary>The most severe rule that holds over the seeds, a name of <see cref="Analysis.Verdict"/>.</summary>
    public string Verdict { get; internal init; } = "";

    /// <summary>One sentence with the figure that decided.</summary>
    public string Reason { get; internal init; } = "";

    /// <summary>How weights and activations are spread with the first seed, layer by layer.</summary>
    internal IReadOnlyList<LayerHistograms> Histograms { get; init; } = [];

    /// <summary>
    /// The loss of every seed after every epoch with <see cref="LearningRate"/>, epoch 0 before the first step, seed by
    /// seed; empty where nothing was trained.
    /// </summary>
    public IReadOnlyList<EpochLoss> LossCurve() => _best?.LossCurve() ?? [];

    /// <summary>
    /// How training went with every learning rate, in the order given; empty where nothing was trained.
    /// </summary>
    public IReadOnlyList<LearningRateResult> LearningRateSweep() => _rates;

    /// <summary>What was measured in every layer over all seeds, and what theory predicts; first layer first.</summary>
    public IReadOnlyList<LayerComparison> LayerCurve() => _layerCurve.Value;

    /// <summary>What was compared and how; one object for all candidates of a comparison.</summary>
    public Provenance GetProvenance() => _provenance;
}
