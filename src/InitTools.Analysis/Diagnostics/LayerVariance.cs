namespace InitTools.Analysis;

/// <summary>
/// One layer of a stack that a batch was passed through, forwards and backwards: every figure that shows vanishing,
/// exploding, saturation, death or symmetry, what theory predicts, a verdict and its reason. Made by
/// <see cref="LayerVarianceMeasurement"/>. Every property is a number or short text; an empty one (null) does not
/// apply to this layer.
/// </summary>
/// <remarks>
/// Variances are population variances over all batch x unit entries unless their summary says otherwise; where a layer
/// has positions, over all batch x channel x position entries, and what holds for a unit holds for a channel.
/// z is a layer's pre-activation, W x + b plus what a skip adds, phi(z) its activation.
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

    /// <summary>What the layer does, a name of <see cref="LayerKind"/>.</summary>
    public string Kind { get; internal init; } = "";

    /// <summary>The shape of what it puts out: units, or channels and positions, such as <c>16x10x10</c>.</summary>
    public string OutputShape { get; internal init; } = "";

    /// <summary>The layer whose output is added to z, or empty.</summary>
    public string Skip { get; internal init; } = "";

    /// <summary>Connections into a unit; empty for a layer without weights that connect units.</summary>
    public long? FanIn { get; internal init; }

    /// <summary>Connections out of an input, which are the units of a dense layer; likewise.</summary>
    public long? FanOut { get; internal init; }

    /// <summary>Units of the layer; the channels of one with positions.</summary>
    public int UnitCount { get; internal init; }

    /// <summary>Positions of each channel; 1 without.</summary>
    public int PositionCount { get; internal init; }

    /// <summary>The weight's initializer expression; empty where the layer has no weight.</summary>
    public string Initializer { get; internal init; } = "";

    /// <summary>Mean of the weight's values; empty where there are none.</summary>
    public double? WeightMean { get; internal init; }

    /// <summary>Population variance of the weight's values; empty where there are none.</summary>
    public double? WeightVariance { get; internal init; }

    /// <summary>Mean of z.</summary>
    public double PreActivationMean { get; internal init; }

    /// <summary>Population variance of z.</summary>
    public double PreActivationVariance { get; internal init; }

    /// <summary>Sample variance of z, by one less than the number of values; empty for one value.</summary>
    public double? PreActivationSampleVariance { get; internal init; }

    /// <summary>q = E[z^2].</summary>
    public double PreActivationSecondMoment { get; internal init; }

    /// <summary>Root mean square of z: the square root of its second moment.</summary>
    public double PreActivationRms { get; internal init; }

    /// <summary>The smallest finite z.</summary>
    public double PreActivationMinimum { get; internal init; }

    /// <summary>The largest finite z.</summary>
    public double PreActivationMaximum { get; internal init; }

    /// <summary>Skewness of z: the mean of its cube, standardized; empty where it does not vary.</summary>
    public double? PreActivationSkewness { get; internal init; }

    /// <summary>
    /// Kurtosis of z: the mean of its fourth power, standardized, so 3 for a normal law; empty where it does not vary.
    /// </summary>
    public double? PreActivationKurtosis { get; internal init; }

    /// <summary>Mean of phi(z).</summary>
    public double ActivationMean { get; internal init; }

    /// <summary>Population variance of phi(z).</summary>
    public double ActivationVariance { get; internal init; }

    /// <summary>Sample variance of phi(z), by one less than the number of values; empty for one value.</summary>
    public double? ActivationSampleVariance { get; internal init; }

    /// <summary>E[phi(z)^2].</summary>
    public double ActivationSecondMoment { get; internal init; }

    /// <summary>Root mean square of phi(z): the square root of its second moment.</summary>
    public double ActivationRms { get; internal init; }

    /// <summary>The smallest finite phi(z).</summary>
    public double ActivationMinimum { get; internal init; }

    /// <summary>The largest finite phi(z).</summary>
    public double ActivationMaximum { get; internal init; }

    /// <summary>Skewness of phi(z): the mean of its cube, standardized; empty where it does not vary.</summary>
    public double? ActivationSkewness { get; internal init; }

    /// <summary>
    /// Kurtosis of phi(z): the mean of its fourth power, standardized, so 3 for a normal law; empty where it does not
    /// vary.
    /// </summary>
    public double? ActivationKurtosis { get; internal init; }

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

    /// <summary>
    /// Units that differ in an incoming weight, the bias or the inputs they see, by as little as a bit; empty for a
    /// layer without weights that connect units.
    /// </summary>
    public int? DistinctUnits { get; internal init; }

    /// <summary>Units that differ in what they put out on some row, by as little as a bit.</summary>
    public int DistinctOutputs { get; internal init; }

    /// <summary>
    /// The mean, over all pairs of rows, of the cosine of the angle between their activations: how alike the layer sees
    /// two inputs. Near 1 ranks have collapsed. Empty where fewer than two rows have activations other than zero.
    /// </summary>
    public double? RowCorrelation { get; internal init; }

    /// <summary>g, the variance of dL/dz.</summary>
    public double GradientVariance { get; internal init; }

    /// <summary>The variance of dL/d phi(z).</summary>
    public double ActivationGradientVariance { get; internal init; }

    /// <summary>
    /// The population variance of dL/dW over the weight's entries, with L summed over the batch; empty without a
    /// weight.
    /// </summary>
    public double? WeightGradientVariance { get; internal init; }

    /// <summary>The population variance of dL/db over the units; empty for a layer without biases.</summary>
    public double? BiasGradientVariance { get; internal init; }

    /// <summary>
    /// The size of one step of gradient descent over the size of the weight: rate * rms(dL/dW) / rms(W). Empty where no
    /// learning rate was given or all weights are zero.
    /// </summary>
    public double? UpdateRatio { get; internal init; }

    /// <summary>
    /// g of this layer over g of the last that counts for verdicts, each summed over its positions; empty where that is
    /// zero.
    /// </summary>
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

    /// <summary>
    /// How far ln q is from <see cref="ExpectedSecondMoment"/>'s over the seeds of SeedCount, as a z-score; empty for
    /// one seed, and where the theory does not apply.
    /// </summary>
    public double? SecondMomentDeparture { get; internal init; }

    /// <summary>The same of ln <see cref="GradientRatio"/> from <see cref="ExpectedGradientFactor"/>'s.</summary>
    public double? GradientDeparture { get; internal init; }

    /// <summary>
    /// Which figures depart from theory, by a z-score beyond 5: <c>SecondMoment</c>, <c>Gradient</c>, both with a comma
    /// between, or empty.
    /// </summary>
    public string Departure => string.Join(", ", new[]
    {
        Math.Abs(SecondMomentDeparture ?? 0) > SeedDepartures.Limit ? "SecondMoment" : null,
        Math.Abs(GradientDeparture ?? 0) > SeedDepartures.Limit ? "Gradient" : null,
    }.OfType<string>());

    /// <summary>Values among z, phi(z) and dL/dz that are NaN or infinite.</summary>
    public long NonFinite { get; internal init; }

    /// <summary>
    /// The layer of the stack where such values first appear: on the way forwards, or else backwards. Empty where there
    /// are none.
    /// </summary>
    public int? FirstNonFiniteLayer { get; internal init; }

    /// <summary>The seed of the drawn batch and the drawn gradient.</summary>
    public ulong Seed { get; internal init; }

    /// <summary>The most severe rule that holds, a name of <see cref="Analysis.Verdict"/>.</summary>
    public string Verdict { get; internal init; } = "";

    /// <summary>One sentence with the figure that decided.</summary>
    public string Reason { get; internal init; } = "";

    /// <summary>As <see cref="LayerFigures.IsCounted"/>.</summary>
    internal bool IsCounted { get; init; }

    /// <summary>What <see cref="Quantile"/> and <see cref="Histogram"/> look at.</summary>
    internal LayerValues? Values { get; init; }

    /// <summary>What a report draws of the layer's values.</summary>
    internal LayerHistograms? Histograms { get; init; }

    /// <summary>
    /// A quantile of the layer's finite values over batch and units, interpolated as NumPy and R do by default; NaN
    /// where there are none.
    /// </summary>
    /// <param name="probability">From 0, the smallest value, over 0.5, the median, to 1, the largest.</param>
    /// <param name="quantity">Of which values.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: a probability outside 0 to 1.
    /// </exception>
    public double Quantile(double probability, LayerQuantity quantity = LayerQuantity.PreActivation) =>
        Values!.Of(quantity).Quantile(probability);

    /// <summary>
    /// How many of the layer's finite values lie in bins of equal width from the smallest to the largest; one bin where
    /// all are equal.
    /// </summary>
    /// <param name="binCount">How many bins, 1 or more.</param>
    /// <param name="quantity">Of which values.</param>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidArgument"/>: no bins.</exception>
    public IReadOnlyList<HistogramBin> Histogram(
        int binCount = 20,
        LayerQuantity quantity = LayerQuantity.PreActivation) => Values!.Of(quantity).Histogram(binCount);

    /// <summary>What was measured and how; one object for all layers of a measurement.</summary>
    public Provenance GetProvenance() => _provenance;
}
