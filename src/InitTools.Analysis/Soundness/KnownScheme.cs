using InitTools.Kernels;

namespace InitTools.Analysis;

/// <summary>How an initializer makes the elements of one tensor.</summary>
/// <param name="Initializer">The initializer.</param>
/// <param name="Layout">The layout in which the tensor has the fans for it.</param>
/// <param name="Law">The law of an element.</param>
/// <param name="Use">Who makes tensors so, or empty.</param>
/// <param name="Standing">What it says of the tensor.</param>
internal sealed record KnownScheme(
    Initializer Initializer,
    Layout Layout,
    Distribution Law,
    string Use,
    SchemeStanding Standing)
{
    /// <summary>
    /// The mean log-likelihood of elements of which count, mean, variance and extremes are known; -infinity where one
    /// lies outside the law.
    /// </summary>
    /// <param name="figures">The elements.</param>
    /// <param name="rounding">The relative error with which their type holds a bound.</param>
    public double LogLikelihood(TensorFigures figures, double rounding)
    {
        switch (Law)
        {
            case UniformDistribution { Minimum: double low, Maximum: double high } uniform:
                return IsWithin(figures, low, high, rounding * uniform.Limit!.Value)
                    ? -Log(high - low)
                    : double.NegativeInfinity;
            case TruncatedNormalDistribution truncated:
                return IsWithin(figures, truncated.Minimum, truncated.Maximum, rounding * truncated.Limit!.Value)
                    ? OfNormal(figures, truncated.ParentMean, truncated.ParentStandardDeviation)
                        - Log(MassWithin(truncated))
                    : double.NegativeInfinity;
            default:
                return OfNormal(figures, Law.Mean, Law.StandardDeviation);
        }
    }

    /// <summary>The kurtosis: 1.8 if uniform, 3 if normal, 2.3655 if cut at two standard deviations.</summary>
    public double Kurtosis => Law switch
    {
        UniformDistribution => 1.8,
        TruncatedNormalDistribution => 2.3655,
        _ => 3,
    };

    private static double OfNormal(TensorFigures figures, double mean, double deviation)
    {
        double shift = figures.Mean - mean;
        double square = figures.StandardDeviation * figures.StandardDeviation + shift * shift;
        return -Log(deviation * Math.Sqrt(2 * Math.PI)) - square / (2 * deviation * deviation);
    }

    private static double MassWithin(TruncatedNormalDistribution law) =>
        DeterministicMath.NormalDistribution((law.Maximum - law.ParentMean) / law.ParentStandardDeviation)
        - DeterministicMath.NormalDistribution((law.Minimum - law.ParentMean) / law.ParentStandardDeviation);

    private static bool IsWithin(TensorFigures figures, double low, double high, double tolerance) =>
        figures.Moments.Minimum >= low - tolerance && figures.Moments.Maximum <= high + tolerance;

    private static double Log(double value) => DeterministicMath.Log(value);
}

/// <summary>What it says of a tensor that a scheme made it.</summary>
internal enum SchemeStanding
{
    /// <summary>A sound beginning; so is what is near its standard deviation.</summary>
    Measure,

    /// <summary>A sound beginning where it is met, and no measure for others.</summary>
    Sound,

    /// <summary>Nothing: it is a name for what was found.</summary>
    Name,
}
