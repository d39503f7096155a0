namespace InitTools;

/// <summary>
/// Predicts the second moments of pre-activations and the variances of gradients through a stack of wide layers with
/// independent zero-mean weights (He 2015, Poole 2016, Schoenholz 2017).
/// </summary>
/// <remarks>
/// Forwards: q_1 = fan_in Var(w) E[x^2] + E[b^2], the second moment of the inputs and not their variance; then
/// q_(l+1) = fan_in Var(w) E[phi(z_l)^2] + E[b^2] with z_l ~ N(E[b_l], q_l - E[b_l]^2). Backwards, with g the variance
/// of the gradient with respect to pre-activations: g_l = fan_out_(l+1) Var(w_(l+1)) E[phi'(z_l)^2] g_(l+1). Weights
/// whose mean is not 0, and values beyond the range of doubles, have no theory here: their figures are null.
/// </remarks>
public static class SignalPropagation
{
    /// <summary>What to expect of every layer.</summary>
    /// <param name="layers">The layers, first to last.</param>
    /// <param name="inputSecondMoment">E[x^2] over the batch and the inputs.</param>
    public static IReadOnlyList<LayerPrediction> Predict(IReadOnlyList<LayerLaw> layers, double inputSecondMoment)
    {
        ArgumentNullException.ThrowIfNull(layers);
        double?[] moments = PredictForwards(layers, inputSecondMoment);
        LayerPrediction[] predictions = new LayerPrediction[layers.Count];
        double? ratio = 1;
        for (int l = layers.Count - 1; l >= 0; l--)
        {
            double? factor = l == layers.Count - 1 ? 1 : GradientFactor(layers[l], layers[l + 1], moments[l]);
            ratio = FiniteNumber.OrNull(ratio * factor);
            predictions[l] = new LayerPrediction(moments[l], factor, ratio);
        }

        return predictions;
    }

    private static double?[] PredictForwards(IReadOnlyList<LayerLaw> layers, double inputSecondMoment)
    {
        double?[] moments = new double?[layers.Count];
        double? input = FiniteNumber.OrNull(inputSecondMoment);
        for (int l = 0; l < layers.Count && input is not null; l++)
        {
            LayerLaw layer = layers[l];
            if (layer.WeightMean != 0)
            {
                break;
            }

            double variance = layer.FanIn * layer.WeightVariance * input.Value + layer.BiasVariance;
            moments[l] = FiniteNumber.OrNull(variance + layer.BiasMean * layer.BiasMean);
            input = moments[l] is null
                ? null
                : FiniteNumber.OrNull(GaussianExpectation.SecondMoment(layer.Activation, layer.BiasMean, variance));
        }

        return moments;
    }

    private static double? GradientFactor(LayerLaw layer, LayerLaw next, double? secondMoment)
    {
        if (secondMoment is null || next.WeightMean != 0)
        {
            return null;
        }

        double variance = Math.Max(0, secondMoment.Value - layer.BiasMean * layer.BiasMean);
        return FiniteNumber.OrNull(next.FanOut * next.WeightVariance *
            GaussianExpectation.DerivativeSecondMoment(layer.Activation, layer.BiasMean, variance));
    }
}
