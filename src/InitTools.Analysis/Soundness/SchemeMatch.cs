namespace InitTools.Analysis;

/// <summary>The scheme by which a tensor was most likely made, if it was made by one that is known.</summary>
/// <param name="Scheme">The scheme.</param>
/// <param name="Others">Others of the same law.</param>
/// <param name="Fit">How well the elements fit the law.</param>
internal sealed record SchemeMatch(KnownScheme Scheme, IReadOnlyList<KnownScheme> Others, GoodnessOfFit Fit)
{
    /// <summary>Fewer elements fit anything.</summary>
    public const int FewestElements = 32;

    // A trained or scaled tensor is no longer what it was made by; both are effects, to which sampling adds its own.
    private const double DeviationTolerance = 0.05;
    private const double KurtosisTolerance = 0.3;
    private const double DistanceTolerance = 0.02;
    private const double StandardErrors = 5;

    // Kolmogorov's statistic sqrt(n) D is beyond this once in a million.
    private const double LargestStatistic = 2.7;

    /// <summary>
    /// The scheme of the largest likelihood, where its mean, standard deviation, kurtosis and distribution function are
    /// those found; or null.
    /// </summary>
    public static SchemeMatch? Of(IReadOnlyList<KnownScheme> schemes, TensorFigures figures, DType dtype)
    {
        if (figures.Count < FewestElements || !(figures.StandardDeviation > 0))
        {
            return null;
        }

        double rounding = RoundingOf(dtype);
        KnownScheme? best = null;
        double likelihood = double.NegativeInfinity;
        foreach (KnownScheme scheme in schemes)
        {
            double candidate = scheme.LogLikelihood(figures, rounding);
            if (candidate > likelihood && Fits(scheme, figures))
            {
                (best, likelihood) = (scheme, candidate);
            }
        }

        if (best is null)
        {
            return null;
        }

        KnownScheme[] others = [.. schemes.Where(scheme => scheme != best && IsSameLaw(scheme.Law, best.Law))];
        var fit = GoodnessOfFit.Of(figures.Sample, best.Law);
        return fit.Distance <= DistanceTolerance + LargestStatistic / Math.Sqrt(figures.Sample.Length)
            ? new SchemeMatch(best, others, fit)
            : null;
    }

    /// <summary>The unit in the last place of a type, relative: what a bound loses where it is rounded.</summary>
    public static double RoundingOf(DType dtype) => dtype switch
    {
        DType.Float16 => 1.0 / (1 << 10),
        DType.BFloat16 => 1.0 / (1 << 7),
        _ => 1.0 / (1 << 22),
    };

    /// <summary>The factor between two numbers above 0, 1 or more.</summary>
    public static double FactorOf(double left, double right) => Math.Max(left / right, right / left);

    private static bool Fits(KnownScheme scheme, TensorFigures figures)
    {
        double n = figures.Count;
        double deviation = scheme.Law.StandardDeviation;
        double error = Math.Sqrt((scheme.Kurtosis - 1) / (4 * n));
        return FactorOf(figures.StandardDeviation, deviation) <= (1 + DeviationTolerance) * (1 + StandardErrors * error)
            && Math.Abs(figures.Mean - scheme.Law.Mean)
                <= (DeviationTolerance + StandardErrors / Math.Sqrt(n)) * deviation
            && Math.Abs(figures.Kurtosis - scheme.Kurtosis)
                <= KurtosisTolerance + StandardErrors * Math.Sqrt(24 / n);
    }

    private static bool IsSameLaw(Distribution left, Distribution right) =>
        left.GetType() == right.GetType()
        && Math.Abs(left.Mean - right.Mean) <= 1e-9 * right.StandardDeviation
        && FactorOf(left.StandardDeviation, right.StandardDeviation) <= 1 + 1e-9;
}
