namespace InitTools;

/// <summary>
/// A point of the line between order and chaos of a wide network (Poole 2016, Schoenholz 2017): the variances
/// sigma_w^2 = fan_in Var(w) and sigma_b^2 = Var(b) with which q is a fixed point of the variance map and chi, the
/// factor of gradients per layer, is 1 there. Rounded to 12 significant digits.
/// </summary>
/// <param name="SecondMoment">q, the fixed point of E[z^2].</param>
/// <param name="WeightVariance">sigma_w^2.</param>
/// <param name="BiasVariance">sigma_b^2.</param>
public sealed record CriticalVariances(double SecondMoment, double WeightVariance, double BiasVariance)
{
    // What the integrals leave of a bias variance that is 0.
    private const double Negligible = 1e-13;

    /// <summary>
    /// The point at a given length: sigma_w^2 = 1 / E[phi'(z)^2], sigma_b^2 = q - sigma_w^2 E[phi(z)^2], z ~ N(0, q).
    /// </summary>
    /// <param name="activation">phi.</param>
    /// <param name="secondMoment">q, above 0.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: sigma_b^2 would be negative, or q is, so there is none;
    /// <see cref="ErrorId.NonFiniteValue"/>: q is no finite number.
    /// </exception>
    public static CriticalVariances At(Activation activation, double secondMoment)
    {
        ArgumentNullException.ThrowIfNull(activation);
        double weightVariance = 1 / GaussianExpectation.DerivativeSecondMoment(activation, 0, secondMoment);
        double biasVariance = secondMoment
            - weightVariance * GaussianExpectation.SecondMoment(activation, 0, secondMoment);
        if (!(biasVariance >= -Negligible * secondMoment) || !double.IsFinite(weightVariance))
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{activation} has no edge of chaos at q = {ExpressionNode.Format(secondMoment)}: with "
                + $"sigma_w^2 = {ExpressionNode.Format(SignificantDigits.Round(weightVariance))}, which keeps "
                + $"gradients, sigma_b^2 would be {ExpressionNode.Format(SignificantDigits.Round(biasVariance))}. "
                + "Another q, or another activation, may have one.",
                secondMoment);
        }

        return new CriticalVariances(
            secondMoment,
            SignificantDigits.Round(weightVariance),
            biasVariance <= Negligible * secondMoment ? 0 : SignificantDigits.Round(biasVariance));
    }

    /// <summary>The point with given biases, as <see cref="EdgeOfChaos"/> solves for it.</summary>
    /// <param name="activation">phi.</param>
    /// <param name="biasVariance">sigma_b^2, 0 or more.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: there is none, or the variance is negative or no finite number.
    /// </exception>
    public static CriticalVariances AtBiasVariance(Activation activation, double biasVariance) =>
        EdgeOfChaos.Solve(activation, biasVariance) is { } edge
            ? new CriticalVariances(
                SignificantDigits.Round(edge.FixedPoint), SignificantDigits.Round(edge.WeightVariance), biasVariance)
            : throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{activation} has no edge of chaos with sigma_b^2 = {ExpressionNode.Format(biasVariance)}: signals "
                + "grow without bound, or die out, where gradients are kept. Another sigma_b, or another activation, "
                + "may have one.",
                biasVariance);
}
