using System.Runtime.CompilerServices;
using InitTools.Kernels;

namespace InitTools;

/// <summary>
/// E[f(x)] for x ~ N(mean, variance) by Gauss-Legendre panels, to a relative error of 1e-12 for functions that vary on
/// a scale of 1 or more between their kinks and, far from 0, like a power or e^x, as activations and their products
/// do. Deterministic: own exponential, nodes from arithmetic alone.
/// </summary>
/// <remarks>
/// With x = mean + s z the integral runs over the half line: E[f] = int_0^R (f(mean + s z) + f(mean - s z)) p(z) dz
/// with p the standard normal density, which makes expectations of odd functions exactly 0 where the mean is. Panels
/// end on a grid in z (where the density varies), on a grid in x (where f varies, which for a large variance is close
/// to z = -mean/s) and on kinks. R is 12, and more where f grows so fast that the integrand is not negligible there.
/// An f that overflows on the way makes the result infinite. Periodic activations under a law many periods wide are
/// averaged over one period instead, from which the expectation then differs by less than rounding.
/// </remarks>
public static class GaussianExpectation
{
    // p(12) = 2e-32: what lies beyond is nothing even for squares that grow like e^(2z). Faster growth, as of e^(2x)
    // where s is large, is followed to p(38) = 1e-314, next to the smallest double.
    private const double Reach = 12;
    private const double LongestReach = 38;
    private const double Negligible = 1e-18;
    private const double PanelWidth = 0.5;

    // Beyond the grid's last point activations are powers but for e^-x or less: panels may grow with x.
    private const double TailGrowth = 4;

    // A smooth function's lowest frequency 2 pi / period has the weight e^(-w^2 / 2) at w = s 2 pi / period: 3e-18.
    private const double UniformWidth = 9;
    private const int PeriodPoints = 64;

    /// <summary>The standard normal density is e^(-z^2 / 2) over this.</summary>
    internal const double SquareRootOfTwoPi = 2.5066282746310005;

    private static readonly GaussLegendre s_rule = GaussLegendre.Create(20);

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
        RequireLaw(mean, variance);
        if (variance == 0)
        {
            return function(mean);
        }

        double scale = Math.Sqrt(variance);
        double[] ends = FindPanelEnds(mean, scale, kinkPoints);
        double sum = 0;
        for (int panel = 1; panel < ends.Length; panel++)
        {
            double part = s_rule.Integrate(Integrand, ends[panel - 1], ends[panel]);
            sum += part;
            double width = ends[panel] - ends[panel - 1];
            if (!double.IsFinite(sum)
                || (ends[panel] >= Reach && Math.Abs(part) <= Negligible * width * Math.Abs(sum)))
            {
                break;
            }
        }

        return sum / SquareRootOfTwoPi;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        double Integrand(double z)
        {
            double distance = scale * z;
            return (function(mean + distance) + function(mean - distance)) * DeterministicMath.Exp(-0.5 * z * z);
        }
    }

    /// <summary>E[phi(x)^2] for x ~ N(mean, variance).</summary>
    /// <param name="activation">phi.</param>
    /// <param name="mean">The mean, finite.</param>
    /// <param name="variance">The variance, 0 or more and finite.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/> and <see cref="ErrorId.InvalidArgument"/> as of <see cref="Of"/>.
    /// </exception>
    public static double SecondMoment(Activation activation, double mean, double variance)
    {
        ArgumentNullException.ThrowIfNull(activation);
        return OfSquare(activation.Value, activation, mean, variance);
    }

    /// <summary>E[phi'(x)^2] for x ~ N(mean, variance).</summary>
    /// <inheritdoc cref="SecondMoment"/>
    public static double DerivativeSecondMoment(Activation activation, double mean, double variance)
    {
        ArgumentNullException.ThrowIfNull(activation);
        return OfSquare(activation.Derivative, activation, mean, variance);
    }

    /// <summary>
    /// True for a periodic activation under a law so wide that x modulo the period is uniform, to rounding: moments of
    /// the activation then no longer depend on the law.
    /// </summary>
    internal static bool IsUniformOverPeriod(Activation activation, double variance) =>
        activation.Period is double period && Math.Sqrt(variance) * 2 * Math.PI > UniformWidth * period;

    private static double OfSquare(
        Func<double, double> function,
        Activation activation,
        double mean,
        double variance)
    {
        RequireLaw(mean, variance);
        if (!IsUniformOverPeriod(activation, variance))
        {
            return Of(x => Square(function(x)), mean, variance, activation.KinkPoints);
        }

        // The rule of equal steps is exact for as many harmonics as points.
        double step = activation.Period!.Value / PeriodPoints;
        double sum = 0;
        for (int i = 0; i < PeriodPoints; i++)
        {
            sum += Square(function(i * step));
        }

        return sum / PeriodPoints;
    }

    private static double Square(double value) => value * value;

    private static void RequireLaw(double mean, double variance)
    {
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
    }

    private static double[] FindPanelEnds(double mean, double scale, IReadOnlyList<double> kinkPoints)
    {
        SortedSet<double> ends = [];
        for (double z = 0; z <= LongestReach; z += PanelWidth)
        {
            ends.Add(z);
        }

        foreach (double x in s_scales)
        {
            AddEnd(x);
            AddEnd(-x);
        }

        for (double x = s_scales[^1] * TailGrowth; x < scale * Reach + Math.Abs(mean); x *= TailGrowth)
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
            if (z < LongestReach)
            {
                ends.Add(z);
            }
        }
    }
}
