namespace InitTools;

/// <summary>
/// A point of the line between order and chaos of a wide network (Poole 2016, Schoenholz 2017): the variances
/// sigma_w^2 = fan_in Var(w) and sigma_b^2 = Var(b) with which q is a fixed point of the variance map and chi, the
/// factor of gradients per layer, is 1 there. Rounded to 12 significant digits.
/// </summary>
/// <param name="SecondMoment">q, the fixed point of E[z^2].</param>
/// <param name="WeightVariance">sigma_w^2.</param>
/// <param name="BiasVariance">sigma_b^2.</param>
public sealed record EdgeOfChaos(double SecondMoment, double WeightVariance, double BiasVariance)
{
    // What the integrals leave of a bias variance that is 0.
    private const double Negligible = 1e-13;
    private const double Growth = 1.25;
    private const double Unbounded = 1e8;

    /// <summary>
    /// The point at a given length: sigma_w^2 = 1 / E[phi'(z)^2], sigma_b^2 = q - sigma_w^2 E[phi(z)^2], z ~ N(0, q).
    /// </summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: sigma_b^2 would be negative, so there is none.
    /// </exception>
    public static EdgeOfChaos At(Activation activation, double secondMoment)
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
                + $"sigma_w^2 = {ExpressionNode.Format(SignificantDigits.Round(weightVariance))}, which keeps gradients, "
                + $"sigma_b^2 would be {ExpressionNode.Format(SignificantDigits.Round(biasVariance))}. "
                + "Another q, or another activation, may have one.",
                secondMoment);
        }

        return new EdgeOfChaos(
            secondMoment,
            SignificantDigits.Round(weightVariance),
            biasVariance <= Negligible * secondMoment ? 0 : SignificantDigits.Round(biasVariance));
    }

    /// <summary>
    /// The point with given biases: the smallest q that solves q = E[phi(z)^2] / E[phi'(z)^2] + sigma_b^2.
    /// </summary>
    /// <remarks>
    /// Without biases an activation that keeps 0 has the point q = 0, sigma_w^2 = 1 / phi'(0)^2, or, as relu, all q.
    /// </remarks>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidArgument"/>: there is none.</exception>
    public static EdgeOfChaos AtBiasVariance(Activation activation, double biasVariance)
    {
        ArgumentNullException.ThrowIfNull(activation);
        if (biasVariance == 0 && Math.Abs(Excess(1)) <= Negligible)
        {
            return At(activation, 1);
        }

        if (biasVariance == 0 && activation.Value(0) == 0 && activation.Derivative(0) != 0)
        {
            double slope = activation.Derivative(0);
            return new EdgeOfChaos(0, SignificantDigits.Round(1 / (slope * slope)), 0);
        }

        // The solution is above sigma_b^2, where the excess is positive.
        double low = biasVariance == 0 ? Negligible : biasVariance;
        double high = low;
        do
        {
            low = high;
            high *= Growth;
        }
        while (high < Unbounded && Excess(high) > 0);

        if (high >= Unbounded)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{activation} has no edge of chaos with sigma_b^2 = {ExpressionNode.Format(biasVariance)}: signals grow "
                + "without bound where gradients are kept. Another sigma_b, or another activation, may have one.",
                biasVariance);
        }

        double middle = low + (high - low) / 2;
        while (middle != low && middle != high)
        {
            if (Excess(middle) > 0)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }

            middle = low + (high - low) / 2;
        }

        return new EdgeOfChaos(
            SignificantDigits.Round(middle),
            SignificantDigits.Round(1 / GaussianExpectation.DerivativeSecondMoment(activation, 0, middle)),
            biasVariance);

        double Excess(double q) => GaussianExpectation.SecondMoment(activation, 0, q)
            / GaussianExpectation.DerivativeSecondMoment(activation, 0, q) + biasVariance - q;
    }
}
