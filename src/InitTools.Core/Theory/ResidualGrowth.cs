namespace InitTools;

/// <summary>
/// A stack of residual blocks x + s W_2 phi(W_1 x) with independent zero-mean weights and no biases. Branch and
/// shortcut are uncorrelated, so that second moments and gradient variances add: signals and gradients cannot vanish,
/// and grow by a factor a block (Hanin and Rolnick 2018, Zhang 2019).
/// </summary>
/// <param name="Activation">phi.</param>
/// <param name="InnerWeightVariance">fan_in Var(w) of W_1.</param>
/// <param name="OuterWeightVariance">fan_in Var(w) of W_2.</param>
/// <param name="Scale">s, the factor on the branch.</param>
public sealed record ResidualGrowth(
    Activation Activation,
    double InnerWeightVariance,
    double OuterWeightVariance,
    double Scale = 1)
{
    /// <summary>E of the next block's x^2: q + s^2 sigma_2^2 E[phi(z)^2] with z ~ N(0, sigma_1^2 q).</summary>
    public double Next(double secondMoment) => secondMoment + Scale * Scale * OuterWeightVariance
        * GaussianExpectation.SecondMoment(Activation, 0, InnerWeightVariance * secondMoment);

    /// <summary>
    /// The variance of the gradient with respect to a block's input over that with respect to its output, for equal
    /// widths: 1 + s^2 sigma_2^2 sigma_1^2 E[phi'(z)^2].
    /// </summary>
    public double GradientFactor(double secondMoment) => 1 + Scale * Scale * OuterWeightVariance * InnerWeightVariance
        * GaussianExpectation.DerivativeSecondMoment(Activation, 0, InnerWeightVariance * secondMoment);

    /// <summary>E[x^2] behind a number of blocks: 2^L for relu under He's variances, e where s^2 = 1/L.</summary>
    public double After(int blockCount, double secondMoment = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(blockCount);
        for (int block = 0; block < blockCount; block++)
        {
            secondMoment = Next(secondMoment);
        }

        return secondMoment;
    }
}
