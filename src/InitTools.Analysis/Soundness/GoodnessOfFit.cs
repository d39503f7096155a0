using InitTools.Kernels;

namespace InitTools.Analysis;

/// <summary>
/// Kolmogorov and Smirnov's test of a sample against a law. The distance is the size of an effect; the probability is
/// reported beside it and decides nothing.
/// </summary>
/// <param name="Distance">The largest distance between the two distribution functions, from 0 to 1.</param>
/// <param name="Probability">
/// The probability of a distance as large where the law holds: Kolmogorov's limit at
/// (sqrt(n) + 0.12 + 0.11 / sqrt(n)) D (Stephens 1970).
/// </param>
internal readonly record struct GoodnessOfFit(double Distance, double Probability)
{
    /// <summary>The test.</summary>
    /// <param name="sorted">The sample in ascending order.</param>
    /// <param name="law">The law.</param>
    public static GoodnessOfFit Of(double[] sorted, Distribution law)
    {
        int n = sorted.Length;
        double distance = 0;
        for (int i = 0; i < n; i++)
        {
            double share = Cumulative(law, sorted[i]);
            distance = Math.Max(distance, Math.Max(share - (double)i / n, (i + 1.0) / n - share));
        }

        double root = Math.Sqrt(n);
        return new GoodnessOfFit(distance, Tail((root + 0.12 + 0.11 / root) * distance));
    }

    private static double Cumulative(Distribution law, double x)
    {
        switch (law)
        {
            case UniformDistribution uniform:
                return Math.Clamp((x - uniform.Minimum) / (uniform.Maximum - uniform.Minimum), 0, 1);
            case TruncatedNormalDistribution truncated:
                double low = Normal(truncated.Minimum, truncated.ParentMean, truncated.ParentStandardDeviation);
                double high = Normal(truncated.Maximum, truncated.ParentMean, truncated.ParentStandardDeviation);
                double below = Normal(x, truncated.ParentMean, truncated.ParentStandardDeviation);
                return Math.Clamp((below - low) / (high - low), 0, 1);
            default:
                return Normal(x, law.Mean, law.StandardDeviation);
        }
    }

    private static double Normal(double x, double mean, double deviation) =>
        DeterministicMath.NormalDistribution((x - mean) / deviation);

    // P(K > x) = 2 (e^(-2 x^2) - e^(-8 x^2) + e^(-18 x^2) - ...), whose terms near 0 alternate too slowly.
    private static double Tail(double x)
    {
        if (x < 0.3)
        {
            return 1;
        }

        double sum = 0;
        for (int k = 1; k <= 20; k++)
        {
            sum += (k % 2 == 1 ? 2 : -2) * DeterministicMath.Exp(-2.0 * k * k * x * x);
        }

        return Math.Clamp(sum, 0, 1);
    }
}
