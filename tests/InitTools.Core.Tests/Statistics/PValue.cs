using MathNet.Numerics;

namespace InitTools.Core.Tests.Statistics;

/// <summary>
/// The probability, if the law is as claimed, of a statistic at least as far out as the one seen. Two-sided wherever
/// too good a fit is a fault too.
/// </summary>
internal static class PValue
{
    /// <summary>Of a deviation in standard errors; two-sided.</summary>
    public static double Normal(double standardErrors) =>
        SpecialFunctions.Erfc(Math.Abs(standardErrors) / Math.Sqrt(2));

    /// <summary>Of a count whose mean is <paramref name="expected"/>; two-sided.</summary>
    public static double Poisson(long count, double expected)
    {
        double atMost = SpecialFunctions.GammaUpperRegularized(count + 1, expected);
        double atLeast = count == 0 ? 1 : SpecialFunctions.GammaLowerRegularized(count, expected);
        return TwoSided(atMost, atLeast);
    }

    /// <summary>Of Pearson's sum; two-sided.</summary>
    public static double ChiSquare(double statistic, double degreesOfFreedom) =>
        TwoSided(
            SpecialFunctions.GammaLowerRegularized(degreesOfFreedom / 2, statistic / 2),
            SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2, statistic / 2));

    /// <summary>
    /// Of the largest distance D between the distribution functions of sample and law: Kolmogorov's limit law at
    /// D (sqrt n + 0.12 + 0.11 / sqrt n).
    /// </summary>
    /// <remarks>Stephens, Journal of the Royal Statistical Society B 32 (1970), for the correction.</remarks>
    public static double KolmogorovSmirnov(double distance, long count)
    {
        double root = Math.Sqrt(count);
        double x = distance * (root + 0.12 + 0.11 / root);

        // The series converge where the other one does not.
        double sum = 0;
        if (x < 1)
        {
            for (int k = 1; k < 20; k += 2)
            {
                sum += Math.Exp(-k * k * Math.PI * Math.PI / (8 * x * x));
            }

            return x == 0 ? 1 : 1 - Math.Sqrt(2 * Math.PI) / x * sum;
        }

        for (int k = 1; k < 20; k++)
        {
            sum += (int.IsOddInteger(k) ? 2 : -2) * Math.Exp(-2.0 * k * k * x * x);
        }

        return sum;
    }

    /// <summary>
    /// Of Anderson and Darling's A^2 = -n - 1/n sum (2i - 1) (ln u_i + ln(1 - u_{n+1-i})), by its limit law:
    /// P(A^2 &lt; z) = sqrt(2 pi)/z sum_j binomial(-1/2, j) (4j + 1) e^{-t_j} I_j with t_j = (4j + 1)^2 pi^2 / (8z) and
    /// I_j the integral of e^{z / (8 (w^2 + 1)) - t_j w^2} over w &gt; 0.
    /// </summary>
    /// <remarks>Anderson and Darling, Annals of Mathematical Statistics 23 (1952).</remarks>
    public static double AndersonDarling(double statistic)
    {
        // p falls like e^-z; beyond this it is below every level used.
        const double Beyond = 60;
        if (!(statistic <= Beyond))
        {
            return 0;
        }

        double z = statistic;
        double binomial = 1;
        double sum = 0;
        for (int j = 0; j < 50; j++)
        {
            int odd = 4 * j + 1;
            double t = odd * odd * Math.PI * Math.PI / (8 * z);

            // The trapezoidal rule is exact to double precision for a step that is small against the width of the
            // Gaussian and the distance 1 of the singularity.
            double step = Math.Min(0.1, 0.3 / Math.Sqrt(t));
            double integral = 0.5 * Math.Exp(z / 8);
            for (double w = step; t * w * w < 40; w += step)
            {
                integral += Math.Exp(z / (8 * (w * w + 1)) - t * w * w);
            }

            sum += binomial * odd * Math.Exp(-t) * integral * step;
            binomial *= -(j + 0.5) / (j + 1);
        }

        return Math.Clamp(1 - Math.Sqrt(2 * Math.PI) / z * sum, 0, 1);
    }

    /// <summary>Of the smallest of several independent p-values.</summary>
    public static double Smallest(IReadOnlyCollection<double> values)
    {
        // Of small numbers the difference from 1 loses the digits, and the sum of the chances is exact.
        double sum = values.Min() * values.Count;
        return sum < 1e-9 ? sum : 1 - Math.Pow(1 - values.Min(), values.Count);
    }

    /// <summary>Of values uniform on [0, 1] if all is well, such as p-values; by Kolmogorov and Smirnov.</summary>
    public static double Uniformity(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        double distance = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            distance = Math.Max(distance, (i + 1.0) / sorted.Length - sorted[i]);
            distance = Math.Max(distance, sorted[i] - (double)i / sorted.Length);
        }

        return KolmogorovSmirnov(distance, sorted.Length);
    }

    private static double TwoSided(double below, double above) => Math.Min(1, 2 * Math.Min(below, above));
}
