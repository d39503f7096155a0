namespace InitTools;

/// <summary>Mean and variance of a layer's activations.</summary>
/// <param name="Mean">E[phi(z)].</param>
/// <param name="Variance">Var(phi(z)).</param>
public readonly record struct ActivationLaw(double Mean, double Variance);

/// <summary>
/// How the mean and the variance of activations go from one layer to the next with independent zero-mean weights: z ~
/// N(0, sigma_w^2 (variance + mean^2)) (Klambauer 2017, whose selu has its fixed point at mean 0 and variance 1).
/// </summary>
/// <param name="Activation">phi.</param>
/// <param name="WeightVariance">sigma_w^2 = fan_in Var(w).</param>
public sealed record MeanVarianceMap(Activation Activation, double WeightVariance = 1)
{
    /// <summary>The next layer's activations.</summary>
    public ActivationLaw Next(ActivationLaw input)
    {
        double variance = WeightVariance * (input.Variance + input.Mean * input.Mean);
        double mean = GaussianExpectation.Of(Activation.Value, 0, variance, Activation.KinkPoints);
        return new ActivationLaw(mean, GaussianExpectation.SecondMoment(Activation, 0, variance) - mean * mean);
    }

    /// <summary>
    /// What a change of the input's variance by 1 does to mean and variance of the next layer, to first order: dE[f]/dv
    /// = E[f(x) (x^2/v - 1)] / (2 v) under N(0, v).
    /// </summary>
    public ActivationLaw VarianceDerivative(ActivationLaw input)
    {
        double variance = WeightVariance * (input.Variance + input.Mean * input.Mean);
        double mean = GaussianExpectation.Of(Activation.Value, 0, variance, Activation.KinkPoints);
        double ofMean = Derivative(Activation.Value);
        double ofSquare = Derivative(x => Activation.Value(x) * Activation.Value(x));
        return new ActivationLaw(WeightVariance * ofMean, WeightVariance * (ofSquare - 2 * mean * ofMean));

        double Derivative(Func<double, double> function) => GaussianExpectation.Of(
            x => function(x) * (x * x / variance - 1), 0, variance, Activation.KinkPoints) / (2 * variance);
    }
}
