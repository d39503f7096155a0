using InitTools.Kernels;

namespace InitTools;

/// <summary>
/// E[f(x)] for x ~ N(mean, variance) by Gauss-Legendre panels, to a relative error of 1e-12 for functions that vary on
/// a scale of 1 or more between their kinks, as activations and their products do. Deterministic: own exponential,
/// nodes from arithmetic alone.
/// </summary>
/// <remarks>
/// With x = mean + s z the integral runs over the half line: E[f] = int_0^R (f(mean + s z) + f(mean - s z)) p(z) dz
/// with p the standard normal density, which makes expectations of odd functions exactly 0 where the mean is. Panels
/// end on a grid in z (where the density varies), on a grid in x (where f varies, which for a large variance is close
/// to z = -mean/s) and on kinks.
/// </remarks>
public static class GaussianExpectation
{
    // p(12) = 2e-32: what lies beyond is nothing even for squares that grow like e^(2z).
    private const double Reach = 12;
    private const double PanelWidth = 0.5;
    private const double SquareRootOfTwoPi = 2.5066282746310005;

    private static readonly GaussLegendre s_rule = GaussLegendre.Create(20);

    // Beyond the last, activations are a polynomial but for e^-x or less: one panel is enough.
    private static readonly double[] s_scales =
        [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48];

    /// <summary>E[f(x)] for x ~ N(mean, variance).</summary>
    /// <param name="function">f, smooth but for kinks.</param>
    /// <param name="mean">The mean, finite.</param>
    /// <param name="variance">The variance, 0 or more and finite; 0 gives f(mean).</param>
    /// <param name="kinkPoints">Where f or one of its derivatives jumps.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a moment is NaN or infinite;
    /// <see cref="ErrorId.InvalidArgument"/>: the variance is negative.
    /// </exception>
    public static double Of(
        Func<double, double> function,
        double mean,
        double variance,
        IReadOnlyList<double> kinkPoints)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(kinkPoints);
        if (!double.IsFinite(mean) || !double.IsFinite(variance))
        {
            throw new InitToolsException(
                ErrorId.NonFiniteValue,
                $"A normal law of mean {ExpressionNode.Format(mean)} and variance {ExpressionNode.Format(variance)} " +
                "has no expectation; both are finite numbers.");
        }

        if (variance < 0)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"The variance is {ExpressionNode.Format(variance)}; it is 0 or more.",
                variance);
        }

        if (variance == 0)
        {
            return function(mean);
        }

        double scale = Math.Sqrt(variance);
        List<double> ends = FindPanelEnds(mean, scale, kinkPoints);
        double sum = 0;
        for (int panel = 1; panel < ends.Count; panel++)
        {
            sum += s_rule.Integrate(Integrand, ends[panel - 1], ends[panel]);
        }

        return sum / SquareRootOfTwoPi;

        double Integrand(double z)
        {
            double distance = scale * z;
            return (function(mean + distance) + function(mean - distance)) * DeterministicMath.Exp(-0.5 * z * z);
        }
    }

    /// <summary>E[phi(x)^2] for x ~ N(mean, variance).</summary>
    public static double SecondMoment(Activation activation, double mean, double variance)
    {
        ArgumentNullException.ThrowIfNull(activation);
        return Of(x => Square(activation.Value(x)), mean, variance, activation.KinkPoints);
    }

    /// <summary>E[phi'(x)^2] for x ~ N(mean, variance).</summary>
    public static double DerivativeSecondMoment(Activation activation, double mean, double variance)
    {
        ArgumentNullException.ThrowIfNull(activation);
        return Of(x => Square(activation.Derivative(x)), mean, variance, activation.KinkPoints);
    }

    private static double Square(double value) => value * value;

    private static List<double> FindPanelEnds(double mean, double scale, IReadOnlyList<double> kinkPoints)
    {
        SortedSet<double> ends = [];
        for (double z = 0; z <= Reach; z += PanelWidth)
        {
            ends.Add(z);
        }

        foreach (double x in s_scales)
        {
            AddEnd(x);
            AddEnd(-x);
        }

        foreach (double kink in kinkPoints)
        {
            AddEnd(kink);
        }

        return [.. ends];

        void AddEnd(double x)
        {
            double z = Math.Abs((x - mean) / scale);
            if (z < Reach)
            {
                ends.Add(z);
            }
        }
    }
}
