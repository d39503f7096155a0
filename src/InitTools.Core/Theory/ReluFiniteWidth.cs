using InitTools.Kernels;

namespace InitTools;

/// <summary>Mean and variance of a logarithm.</summary>
/// <param name="Mean">E[ln x].</param>
/// <param name="Variance">Var(ln x).</param>
public readonly record struct LogLaw(double Mean, double Variance);

/// <summary>
/// What relu layers of finite width do to the logarithm of the second moment, compared with infinite ones. For one
/// input the squared norm of a layer's activations is multiplied by an independent factor from layer to layer: with
/// normal weights and no biases it is sigma_w^2/n chi^2_K, K ~ Binomial(n, 1/2) being the units that are active
/// (Hanin and Rolnick 2018 have its moments). So the logarithm drifts downwards and scatters, by about 5/(2n) and 5/n
/// a layer, although the second moment keeps its expectation.
/// </summary>
public static class ReluFiniteWidth
{
    private const double AsymptoticFrom = 24;

    /// <summary>
    /// The law of ln(2 S/n), S = chi^2_K with K ~ Binomial(n, 1/2) given that K is above 0: what one layer of n units
    /// adds to the logarithm of the squared norm under He's sigma_w^2 = 2. Exact.
    /// </summary>
    /// <param name="width">n, at least 1.</param>
    public static LogLaw LogNorm(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);

        // P(K = k) from the middle outwards, where none underflows that counts.
        double[] shares = new double[width + 1];
        int middle = (width + 1) / 2;
        shares[middle] = 1;
        for (int k = middle + 1; k <= width; k++)
        {
            shares[k] = shares[k - 1] * (width - k + 1) / k;
        }

        for (int k = middle - 1; k >= 1; k--)
        {
            shares[k] = shares[k + 1] * (k + 1) / (width - k);
        }

        double total = shares.Sum();
        double mean = 0;
        for (int k = 1; k <= width; k++)
        {
            mean += shares[k] / total * LogChiSquared(k).Mean;
        }

        double variance = 0;
        for (int k = 1; k <= width; k++)
        {
            LogLaw law = LogChiSquared(k);
            double deviation = law.Mean - mean;
            variance += shares[k] / total * (law.Variance + deviation * deviation);
        }

        return new LogLaw(mean + DeterministicMath.Log(2.0 / width), variance);
    }

    /// <summary>
    /// To first order in 1/n, the law of ln q_L - ln E[q_L] for the mean over a batch whose rows have a mean cosine:
    /// the variance is the sum over layers of the covariance, between two rows, of what a unit adds to q, over its
    /// squared expectation and the width; the mean is minus half of it. Rows that are alike scatter together, others
    /// average out.
    /// </summary>
    /// <param name="widths">Units of the layers up to the one whose pre-activations are meant.</param>
    /// <param name="rowCount">Rows of the batch.</param>
    /// <param name="inputCosine">The mean cosine of two different input rows.</param>
    public static IReadOnlyList<LogLaw> SecondMoments(IReadOnlyList<int> widths, int rowCount, double inputCosine)
    {
        ArgumentNullException.ThrowIfNull(widths);
        var laws = new LogLaw[widths.Count];
        double variance = 0;
        double cosine = inputCosine;
        for (int l = 0; l < laws.Length; l++)
        {
            // Of z^2: 2 c^2; of max(0, z)^2: E[x^2 y^2; x, y > 0] / (1/2)^2 - 1, the arc-cosine kernel of degree 2.
            double ofLast = Average(2, 2 * cosine * cosine, rowCount) / widths[l];
            laws[l] = new LogLaw(-(variance + ofLast) / 2, variance + ofLast);
            double angle = Angle(cosine);
            double sine = Math.Sqrt(Math.Max(0, 1 - cosine * cosine));
            double ofUnit = 2 / Math.PI
                * (3 * sine * cosine + (Math.PI - angle) * (1 + 2 * cosine * cosine)) - 1;
            variance += Average(5, ofUnit, rowCount) / widths[l];
            cosine = (sine + cosine * (Math.PI - angle)) / Math.PI;
        }

        return laws;
    }

    private static double Average(double same, double different, int rowCount) =>
        same / rowCount + different * (1 - 1.0 / rowCount);

    // E and Var of ln chi^2_k: psi(k/2) + ln 2 and psi'(k/2).
    private static LogLaw LogChiSquared(int degrees)
    {
        double x = degrees / 2.0;
        double mean = DeterministicMath.Log(2.0);
        double variance = 0;
        for (; x < AsymptoticFrom; x++)
        {
            mean -= 1 / x;
            variance += 1 / (x * x);
        }

        double inverse = 1 / x;
        double square = inverse * inverse;
        mean += DeterministicMath.Log(x) - inverse / 2
            - square * (1.0 / 12 - square * (1.0 / 120 - square * (1.0 / 252 - square / 240)));
        variance += inverse * (1 + inverse / 2
            + square * (1.0 / 6 - square * (1.0 / 30 - square * (1.0 / 42 - square / 30))));
        return new LogLaw(mean, variance);
    }

    // The angle of a cosine, by bisection: no elementary function of ours gives it.
    private static double Angle(double cosine)
    {
        double low = 0;
        double high = Math.PI;
        for (double middle = Math.PI / 2; low < middle && middle < high; middle = low + (high - low) / 2)
        {
            (low, high) = DeterministicMath.Cos(middle) > cosine ? (middle, high) : (low, middle);
        }

        return low;
    }
}
