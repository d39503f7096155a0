using InitTools.Kernels;

namespace InitTools;

/// <summary>How the weights of a stack are drawn, for its Jacobian's singular values.</summary>
public enum WeightEnsemble
{
    /// <summary>Independent weights.</summary>
    Gaussian,

    /// <summary>A multiple of an orthogonal matrix.</summary>
    Orthogonal,
}

/// <summary>
/// The squared singular values of the input-output Jacobian J = D_L W_L ... D_1 W_1 of a stack of wide layers of one
/// width, D = diag(phi'(z)) with z ~ N(0, q_l), by free probability (Pennington, Schoenholz and Ganguli 2017): the
/// S-transform of J J^T is the product of those of its factors.
/// </summary>
/// <remarks>
/// <para>With mu_k = E[phi'(z)^(2k)] and sigma^2 = fan_in Var(w), the mean is the product of sigma^2 mu_1, and the
/// variance over the squared mean is the sum over layers of mu_2/mu_1^2 - 1 - s, s = -1 for independent weights, 0 for
/// orthogonal ones: it grows by at least 1 a layer where weights are independent.</para>
/// <para>The largest is the right edge of the law, min over w > 0 of (1 + w)/w / S(w), where 1/S(w) is the product of
/// sigma^2 (1 + w) or sigma^2, and of M^-1(w) w/(1 + w) with M(z) = E[phi'^2/(z - phi'^2)], taken over
/// <see cref="PointCount"/> quantiles of z: to about 1e-3. Platform functions are used: no verdict and no rank depends
/// on it.</para>
/// </remarks>
public sealed class JacobianSpectrumTheory
{
    /// <summary>Quantiles of z for the edge.</summary>
    public const int PointCount = 1024;

    // The edge of orthogonal weights can lie at w = infinity, which it nears like 1/w.
    private const double LowestLogarithm = -14;
    private const double HighestLogarithm = 14;
    private const double Tolerance = 1e-7;

    private readonly (double Scale, double[] SquaredSlopes)[] _layers;
    private readonly double _slopeSpread;

    private JacobianSpectrumTheory((double, double[])[] layers, double meanSquare, double slopeSpread)
    {
        _layers = layers;
        MeanSquare = meanSquare;
        _slopeSpread = slopeSpread;
    }

    /// <summary>
    /// The mean of the squared singular values, whichever the ensemble: the product of the chi of all layers.
    /// </summary>
    public double MeanSquare { get; }

    /// <summary>
    /// The theory of a stack; null where it has none: layers of several widths, weights with a mean, an activation
    /// whose slope is 0 everywhere, values beyond the range of doubles.
    /// </summary>
    /// <param name="layers">The layers, first to last.</param>
    /// <param name="inputSecondMoment">E[x^2] of the input.</param>
    public static JacobianSpectrumTheory? Of(IReadOnlyList<LayerLaw> layers, double inputSecondMoment)
    {
        ArgumentNullException.ThrowIfNull(layers);
        IReadOnlyList<LayerPrediction> predictions = SignalPropagation.Predict(layers, inputSecondMoment);
        if (layers.Any(layer => layer.FanIn != layer.FanOut || layer.FanOut != layers[0].FanIn))
        {
            return null;
        }

        var found = new (double, double[])[layers.Count];
        double meanSquare = 1;
        double spread = 0;
        for (int l = 0; l < layers.Count; l++)
        {
            if (predictions[l].PreActivationSecondMoment is not double moment)
            {
                return null;
            }

            LayerLaw layer = layers[l];
            double variance = Math.Max(0, moment - layer.BiasMean * layer.BiasMean);
            double scale = layer.FanIn * layer.WeightVariance;
            double second = MomentOfSlope(layer, variance, 2);
            double fourth = MomentOfSlope(layer, variance, 4);
            meanSquare *= scale * second;
            spread += fourth / (second * second) - 1;
            found[l] = (scale, SquaredSlopesOf(layer, Math.Sqrt(variance)));
        }

        return meanSquare > 0 && double.IsFinite(meanSquare) && double.IsFinite(spread)
            ? new JacobianSpectrumTheory(found, meanSquare, spread)
            : null;
    }

    /// <summary>The variance of the squared singular values over the square of their mean.</summary>
    public double RelativeVariance(WeightEnsemble ensemble) =>
        _slopeSpread + (ensemble == WeightEnsemble.Gaussian ? _layers.Length : 0);

    /// <summary>The largest singular value: the square root of the right edge of the law of their squares.</summary>
    public double Largest(WeightEnsemble ensemble)
    {
        // The golden section of ln w, over which the function falls and then rises.
        double ratio = (Math.Sqrt(5) - 1) / 2;
        double low = LowestLogarithm;
        double high = HighestLogarithm;
        double left = high - ratio * (high - low);
        double right = low + ratio * (high - low);
        (double atLeft, double atRight) = (LogInverse(left, ensemble), LogInverse(right, ensemble));
        while (high - low > Tolerance)
        {
            if (atLeft < atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - ratio * (high - low);
                atLeft = LogInverse(left, ensemble);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + ratio * (high - low);
                atRight = LogInverse(right, ensemble);
            }
        }

        return Math.Exp(Math.Min(atLeft, atRight) / 2);
    }

    private static double MomentOfSlope(LayerLaw layer, double variance, int power) => GaussianExpectation.Of(
        z => Math.Pow(layer.Activation.Derivative(z), power), layer.BiasMean, variance, layer.Activation.KinkPoints);

    private static double[] SquaredSlopesOf(LayerLaw layer, double deviation) =>
    [
        .. Enumerable.Range(0, PointCount).Select(i =>
        {
            double z = layer.BiasMean + deviation * DeterministicMath.InverseNormal((i + 0.5) / PointCount);
            double slope = layer.Activation.Derivative(z);
            return slope * slope;
        }),
    ];

    /// <summary>
    /// The z with M(z) = w, M(z) = E[s/(z - s)] for the squared slopes s, by Newton's method from the left of the root,
    /// where M is convex and falls.
    /// </summary>
    private static double InverseOfSlopes(double[] squaredSlopes, double w)
    {
        double largest = squaredSlopes.Max();

        // M(z) is at least (1/n) largest/(z - largest), and at most largest/(z - largest).
        double z = largest * (1 + 1 / (w * squaredSlopes.Length));
        for (int step = 0; step < 200; step++)
        {
            double value = 0;
            double slope = 0;
            foreach (double s in squaredSlopes)
            {
                double share = s / (z - s);
                value += share;
                slope -= share / (z - s);
            }

            value = value / squaredSlopes.Length - w;
            double next = z - value / (slope / squaredSlopes.Length);
            if (!(next > z * (1 + 1e-14)))
            {
                break;
            }

            z = next;
        }

        return z;
    }

    private double LogInverse(double logarithm, WeightEnsemble ensemble)
    {
        double w = Math.Exp(logarithm);
        double sum = Math.Log((1 + w) / w);
        foreach ((double scale, double[] squaredSlopes) in _layers)
        {
            sum += Math.Log(InverseOfSlopes(squaredSlopes, w) * w / (1 + w) * scale);
            sum += ensemble == WeightEnsemble.Gaussian ? Math.Log(1 + w) : 0;
        }

        return sum;
    }
}
