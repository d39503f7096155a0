using InitTools.Kernels;

namespace InitTools.Analysis;

/// <summary>Ratios of variances through depth, by their logarithms, since their range exceeds a double's.</summary>
internal static class Factors
{
    /// <summary>
    /// ln(numerator/denominator) of two figures of 0 or more; -Infinity where either is zero, as nothing passes then.
    /// </summary>
    public static double LogRatio(double numerator, double denominator) =>
        numerator == 0 || denominator == 0
            ? double.NegativeInfinity
            : DeterministicMath.Log(numerator) - DeterministicMath.Log(denominator);

    /// <summary>The mean factor of each of the depth - 1 steps between layers; 1 where there is none.</summary>
    public static double PerLayer(double logRatio, int depth) =>
        depth == 1 ? 1 : DeterministicMath.Exp(logRatio / (depth - 1));

    /// <summary>The geometric mean of figures of 0 or more.</summary>
    public static double GeometricMean(IEnumerable<double> values)
    {
        double[] all = [.. values];
        if (all.Length == 1)
        {
            return all[0];
        }

        double sum = 0;
        foreach (double value in all)
        {
            if (value == 0)
            {
                return 0;
            }

            sum += DeterministicMath.Log(value);
        }

        return DeterministicMath.Exp(sum / all.Length);
    }
}
