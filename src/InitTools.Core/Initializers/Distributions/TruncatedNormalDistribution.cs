using InitTools.Kernels;
using InitTools.Kernels.Fills;

namespace InitTools;

/// <summary>
/// N(m, s^2) given minimum &lt;= w &lt;= maximum. With a = (minimum - m) / s, b = (maximum - m) / s, phi the density
/// and Phi the distribution function of N(0, 1), Z = Phi(b) - Phi(a) and d = (phi(a) - phi(b)) / Z: mean m + s d,
/// variance s^2 (1 + (a phi(a) - b phi(b)) / Z - d^2).
/// </summary>
/// <param name="ParentMean">m, the mean before truncation.</param>
/// <param name="ParentStandardDeviation">s, the standard deviation before truncation, above 0.</param>
/// <param name="Minimum">The lower bound, which is kept also after rounding.</param>
/// <param name="Maximum">The upper bound, likewise.</param>
public sealed record TruncatedNormalDistribution(
    double ParentMean,
    double ParentStandardDeviation,
    double Minimum,
    double Maximum) : Distribution
{
    private static readonly GaussLegendre s_rule = GaussLegendre.Create(20);

    private readonly Lazy<(double Mean, double Variance)> _moments =
        new(() => MomentsOf(ParentMean, ParentStandardDeviation, Minimum, Maximum));

    /// <inheritdoc/>
    public override double Mean => _moments.Value.Mean;

    /// <inheritdoc/>
    public override double Variance => _moments.Value.Variance;

    /// <inheritdoc/>
    public override double? Limit => Math.Max(Math.Abs(Minimum), Math.Abs(Maximum));

    internal override double Reach =>
        Math.Max(Limit!.Value, Math.Max(Math.Abs(ParentMean), ParentStandardDeviation));

    internal override SelectedLaw<TElement> Select<TElement>() =>
        LawSelection.TruncatedNormal<TElement>(ParentMean, ParentStandardDeviation, Minimum, Maximum);

    /// <summary>
    /// Integrates the density relative to its peak in [a, b], which stays accurate far out in a tail, where Phi(b) -
    /// Phi(a) has no digits left.
    /// </summary>
    private static (double Mean, double Variance) MomentsOf(
        double mean, double deviation, double minimum, double maximum)
    {
        if (deviation == 0)
        {
            return (mean, 0);
        }

        // Beyond 40 standard deviations past the peak the density is below 1e-340 of it.
        const double Reach = 40;
        double a = (minimum - mean) / deviation;
        double b = (maximum - mean) / deviation;
        double peak = Math.Clamp(0, a, b);
        double low = Math.Max(a, peak - Reach);
        double high = Math.Min(b, peak + Reach);
        double mass = Integrate(_ => 1);
        if (mass == 0)
        {
            return (mean + deviation * peak, 0);
        }

        double shift = Integrate(z => z - peak) / mass;
        double variance = Integrate(z => (z - peak - shift) * (z - peak - shift)) / mass;
        return (mean + deviation * (peak + shift), deviation * deviation * variance);

        // Panels narrow enough for tails as steep as e^(-peak z).
        double Integrate(Func<double, double> f)
        {
            double width = 0.5 / Math.Max(1, Math.Abs(peak));
            int panels = (int)Math.Clamp(Math.Ceiling((high - low) / width), 1, 4096);
            double step = (high - low) / panels;
            double sum = 0;
            for (int panel = 0; panel < panels; panel++)
            {
                sum += s_rule.Integrate(
                    z => f(z) * DeterministicMath.Exp((peak - z) * (peak + z) / 2),
                    low + panel * step,
                    panel == panels - 1 ? high : low + (panel + 1) * step);
            }

            return sum;
        }
    }
}
