namespace InitTools;

/// <summary>
/// Where a wide network neither forgets its inputs nor tears them apart: the weights' variance at which chi = 1 at the
/// fixed point of the second moment, so that gradients neither vanish nor explode (Schoenholz 2017).
/// </summary>
/// <param name="WeightVariance">sigma_w^2 = fan_in Var(w).</param>
/// <param name="FixedPoint">q*; 0 where signals die out, more slowly than exponentially.</param>
public sealed record EdgeOfChaos(double WeightVariance, double FixedPoint)
{
    private const double Smallest = 1e-6;
    private const double Largest = 1e9;
    private const double Step = 1.25;
    private const double RelativeTolerance = 1e-12;

    /// <summary>The standard deviation sigma_w, which is the gain on 1/sqrt(fan_in).</summary>
    public double Gain => Math.Sqrt(WeightVariance);

    /// <summary>
    /// Solves chi = 1 for sigma_w^2 at a given sigma_b^2. With sigma_w^2 = 1/E[phi'^2] it is one equation in q: q -
    /// E[phi^2]/E[phi'^2] = sigma_b^2, of which the smallest solution is taken.
    /// </summary>
    /// <param name="activation">phi.</param>
    /// <param name="biasVariance">sigma_b^2, 0 or more.</param>
    /// <returns>
    /// The edge, or null where there is none, as for relu with biases: chi = 1 lets q grow without end.
    /// </returns>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: the variance is negative or no finite number.
    /// </exception>
    public static EdgeOfChaos? Solve(Activation activation, double biasVariance = 0)
    {
        ArgumentNullException.ThrowIfNull(activation);
        if (!(biasVariance >= 0 && double.IsFinite(biasVariance)))
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"The variance of biases is {ExpressionNode.Format(biasVariance)}; it is a finite number of 0 or more.",
                biasVariance);
        }

        if (biasVariance == 0 && AtZero(activation) is { } edge)
        {
            return edge;
        }

        double before = Smallest;
        int side = Side(before);
        for (double q = Smallest * Step; q <= Largest; before = q, q *= Step)
        {
            if (side == 0)
            {
                // Every q is a fixed point, as relu's: the unit one stands for all.
                return At(activation, 1);
            }

            if (Side(q) != side)
            {
                return At(activation, Bisect(before, q, side));
            }
        }

        return null;

        int Side(double q)
        {
            double gap = q - GaussianExpectation.SecondMoment(activation, 0, q)
                / GaussianExpectation.DerivativeSecondMoment(activation, 0, q) - biasVariance;
            return Math.Abs(gap) <= RelativeTolerance * q ? 0 : Math.Sign(gap);
        }

        double Bisect(double low, double high, int sideOfLow)
        {
            for (double middle = low + (high - low) / 2; low < middle && middle < high;)
            {
                int found = Side(middle);
                if (found == 0)
                {
                    return middle;
                }

                (low, high) = found == sideOfLow ? (middle, high) : (low, middle);
                middle = low + (high - low) / 2;
            }

            return low;
        }
    }

    /// <summary>
    /// sigma_w = 1/|phi'(0)| where phi passes through 0 smoothly and bends so that signals die out; null elsewhere.
    /// </summary>
    private static EdgeOfChaos? AtZero(Activation activation)
    {
        const double Small = 1e-3;
        double slope = activation.Derivative(0);
        if (activation.Value(0) != 0 || slope == 0 || activation.KinkPoints.Contains(0))
        {
            return null;
        }

        double weightVariance = 1 / (slope * slope);
        return new VarianceMap(activation, weightVariance).Next(Small) < Small * (1 - RelativeTolerance)
            ? new EdgeOfChaos(weightVariance, 0)
            : null;
    }

    private static EdgeOfChaos At(Activation activation, double secondMoment) =>
        new(1 / GaussianExpectation.DerivativeSecondMoment(activation, 0, secondMoment), secondMoment);
}
