namespace InitTools;

/// <summary>What theory needs to know of a layer.</summary>
/// <param name="FanIn">The number of inputs.</param>
/// <param name="FanOut">The number of units.</param>
/// <param name="Activation">What is applied to the pre-activations.</param>
/// <param name="WeightMean">The mean of the law that the weights are drawn from.</param>
/// <param name="WeightVariance">The variance of that law.</param>
/// <param name="BiasMean">The mean of the law of the biases; 0 without biases.</param>
/// <param name="BiasVariance">The variance of the law of the biases; 0 without biases.</param>
public sealed record LayerLaw(
    int FanIn,
    int FanOut,
    Activation Activation,
    double WeightMean,
    double WeightVariance,
    double BiasMean = 0,
    double BiasVariance = 0);

/// <summary>What theory expects of a layer; null where no theory applies.</summary>
/// <param name="PreActivationSecondMoment">q = E[z^2] over units and rows.</param>
/// <param name="GradientFactor">
/// The variance of the gradient with respect to this layer's pre-activations over the next layer's; 1 for the last.
/// </param>
/// <param name="GradientRatio">
/// The variance of the gradient with respect to this layer's pre-activations over the last layer's; 1 for the last.
/// </param>
public sealed record LayerPrediction(
    double? PreActivationSecondMoment,
    double? GradientFactor,
    double? GradientRatio);
