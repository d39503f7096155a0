using InitTools.Kernels;

namespace InitTools;

/// <summary>
/// How the second moment q of pre-activations goes from one layer to the next in a wide network with independent
/// zero-mean weights (Poole 2016, Schoenholz 2017): q' = sigma_w^2 E[phi(sqrt(q) z)^2] + sigma_b^2 with z ~ N(0, 1),
/// sigma_w^2 = fan_in Var(w), sigma_b^2 = Var(b).
/// </summary>
/// <param name="Activation">phi.</param>
/// <param name="WeightVariance">sigma_w^2 = fan_in Var(w).</param>
/// <param name="BiasVariance">sigma_b^2 = Var(b).</param>
public sealed record VarianceMap(Activation Activation, double WeightVariance, double BiasVariance = 0)
{
    // Where the step of the map is within the error of the integral, a point counts as fixed.
    private const double RelativeTolerance = 1e-13;
    private const double Negligible = 1e-12;
    private const double Unbounded = 1e150;
    private const double Infinitesimal = 1e-9;
    private const double SlopeTolerance = 1e-11;
    private const double CorrelationMargin = 1.0 / 1024;

    // A map may cross the identity twice, as that of exp: steps between 1/Curved and Curved, where activations bend,
    // are short enough not to pass both but for fixed points within 1/16 of each other.
    private const double Curved = 1e4;
    private const double ShortStep = 1 + 1.0 / 16;
    private const double LongStep = 2;

    /// <summary>The next layer's second moment: sigma_w^2 E[phi(sqrt(q) z)^2] + sigma_b^2.</summary>
    public double Next(double secondMoment) =>
        WeightVariance * GaussianExpectation.SecondMoment(Activation, 0, secondMoment) + BiasVariance;

    /// <summary>
    /// chi = sigma_w^2 E[phi'(sqrt(q) z)^2]: the factor on the variance of gradients from a layer to the one before
    /// it, for layers of equal width.
    /// </summary>
    public double Chi(double secondMoment) =>
        WeightVariance * GaussianExpectation.DerivativeSecondMoment(Activation, 0, secondMoment);

    /// <summary>
    /// dq'/dq = sigma_w^2 E[phi(sqrt(q) z) phi'(sqrt(q) z) z] / sqrt(q) for q above 0: below 1 in size, a deviation
    /// from a fixed point shrinks with depth; above 1 it grows.
    /// </summary>
    public double Slope(double secondMoment) => GaussianExpectation.IsUniformOverPeriod(Activation, secondMoment)
        ? 0
        : WeightVariance / secondMoment * GaussianExpectation.Of(
            x => Activation.Value(x) * Activation.Derivative(x) * x,
            0,
            secondMoment,
            Activation.KinkPoints);

    /// <summary>
    /// Layers over which a deviation from a fixed point of q falls by the factor e: -1/ln(slope) (Schoenholz 2017).
    /// Infinite where it neither falls nor grows; where it grows, what it grows by e in, as a negative number; 0 where
    /// one layer ends it.
    /// </summary>
    public double SignalDepthScale(double fixedPoint) => DepthScale(Math.Abs(Slope(Near(fixedPoint))));

    /// <summary>
    /// Layers over which the variance of gradients falls by the factor e: -1/ln(chi); negative where gradients explode.
    /// Inputs stay apart, and networks train, over about six times as many.
    /// </summary>
    public double GradientDepthScale(double fixedPoint) => DepthScale(Chi(Near(fixedPoint)));

    /// <summary>
    /// Whether a deviation from a fixed point dies out with depth. Relu's, whose map is a straight line, stay as they
    /// are: not stable.
    /// </summary>
    public bool IsStable(double fixedPoint) => fixedPoint == 0
        ? Next(Infinitesimal) - Next(0) < Infinitesimal * (1 - RelativeTolerance)
        : Math.Abs(Slope(fixedPoint)) < 1 - SlopeTolerance;

    /// <summary>
    /// The next layer's correlation of two inputs of the same second moment q: (sigma_w^2 E[phi(x) phi(y)] + sigma_b^2)
    /// / q' for x and y ~ N(0, q) of correlation c (Poole 2016).
    /// </summary>
    /// <param name="correlation">c, from -1 to 1.</param>
    /// <param name="secondMoment">q, above 0.</param>
    public double NextCorrelation(double correlation, double secondMoment) => correlation == 1
        ? 1
        : (WeightVariance * GaussianPair.Product(Activation, 0, secondMoment, correlation) + BiasVariance)
            / Next(secondMoment);

    /// <summary>
    /// The correlation c* that two different inputs approach at the fixed point q*: 1 where chi is 1 or less, so that
    /// depth makes all inputs alike (order), below 1 where it sets them apart (chaos).
    /// </summary>
    /// <param name="fixedPoint">q*, above 0 and finite.</param>
    public double FindFixedCorrelation(double fixedPoint)
    {
        // The map is convex on [0, 1] and ends at 1 with the slope chi.
        if (Chi(fixedPoint) <= 1 + SlopeTolerance)
        {
            return 1;
        }

        double low = 0;
        double high = 1 - CorrelationMargin;
        while (NextCorrelation(high, fixedPoint) > high && high < 1)
        {
            high = 1 - (1 - high) / 2;
        }

        for (double middle = (low + high) / 2; low < middle && middle < high && high - low > 1e-13;)
        {
            (low, high) = NextCorrelation(middle, fixedPoint) > middle ? (middle, high) : (low, middle);
            middle = (low + high) / 2;
        }

        return low + (high - low) / 2;
    }

    /// <summary>
    /// The fixed point q* = q' that iteration reaches from a start: 0 where signals die out, positive infinity where
    /// they grow without bound, the start itself where it is fixed (relu with sigma_w^2 = 2 keeps any q).
    /// </summary>
    public double FindFixedPoint(double start = 1)
    {
        int direction = Direction(start);
        if (direction == 0)
        {
            return start;
        }

        // The map increases with q, so iteration moves one way until the first fixed point on that side. Steps are
        // factors: from 0 the map itself makes the first.
        double atZero = Next(0);
        double near;
        double far = start == 0 ? atZero / LongStep : start;
        do
        {
            near = far;
            double step = far is > 1 / Curved and < Curved ? ShortStep : LongStep;
            far = direction > 0 ? far * step : far / step;
            if (far > Unbounded)
            {
                return double.PositiveInfinity;
            }

            if (direction < 0 && far < Negligible && atZero == 0)
            {
                return 0;
            }
        }
        while (Direction(far) == direction);

        double middle = near + (far - near) / 2;
        for (int i = 0; i < 60 && middle != near && middle != far; i++)
        {
            if (Direction(middle) == direction)
            {
                near = middle;
            }
            else
            {
                far = middle;
            }

            middle = near + (far - near) / 2;
        }

        return middle;
    }

    // At 0 itself relu has the derivative of one side only.
    private static double Near(double fixedPoint) => fixedPoint == 0 ? Infinitesimal : fixedPoint;

    private static double DepthScale(double factor) => factor == 0
        ? 0
        : Math.Abs(factor - 1) <= SlopeTolerance ? double.PositiveInfinity : -1 / DeterministicMath.Log(factor);

    private int Direction(double secondMoment)
    {
        double step = Next(secondMoment) - secondMoment;
        return Math.Abs(step) <= RelativeTolerance * secondMoment ? 0 : Math.Sign(step);
    }
}
