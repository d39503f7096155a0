using System.Globalization;
using Xunit;

namespace InitTools.Core.Tests.Statistics;

/// <summary>One statistic of a sample against what the law says of it.</summary>
/// <param name="Family">The kind of check.</param>
/// <param name="Name">Which of its kind.</param>
/// <param name="Observed">The figure seen.</param>
/// <param name="Expected">The law's figure, with its standard error where it has one.</param>
/// <param name="PValue">The probability of such a figure if the law holds.</param>
internal sealed record SoundnessCheck(string Family, string Name, string Observed, string Expected, double PValue)
{
    /// <summary>The level at which a check fails. Seeds are fixed, so a check that fails does so every time.</summary>
    public const double Level = 1e-6;

    private static readonly string[] s_ordinals =
        ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];

    /// <summary>Not written so that NaN passes.</summary>
    public bool Holds => PValue > Level;

    /// <summary>Fails unless every check holds.</summary>
    public static void Require(IEnumerable<SoundnessCheck> checks)
    {
        SoundnessCheck[] all = [.. checks];
        Assert.NotEmpty(all);
        Assert.True(all.All(check => check.Holds), string.Join('\n', all.Where(check => !check.Holds)));
    }

    /// <summary>Every check of a sample.</summary>
    public static IReadOnlyList<SoundnessCheck> Of(SampleSummary summary) =>
    [
        .. Moments(summary),
        .. Cells(summary),
        .. Blocks("Kolmogorov-Smirnov", [.. summary.KolmogorovDistances.Select(
            distance => Statistics.PValue.KolmogorovSmirnov(distance, summary.Sample.BlockLength))]),
        .. Blocks("Anderson-Darling", [.. summary.AndersonDarlingStatistics.Select(
            statistic => Statistics.PValue.AndersonDarling(statistic))]),
        .. SerialCorrelations(summary),
        .. Tails(summary),
        .. Partners(summary),
    ];

    // The sample mean of w^k has the variance (m_2k - m_k^2) / n.
    private static IEnumerable<SoundnessCheck> Moments(SampleSummary summary)
    {
        ReferenceLaw law = summary.Sample.Law;
        for (int k = 1; k <= SampleSummary.HighestMoment; k++)
        {
            double moment = law.Moment(k);
            double error = Math.Sqrt((law.Moment(2 * k) - moment * moment) / summary.Sample.Count);
            yield return Deviation(
                "moments", $"{s_ordinals[k]} moment", summary.PowerSums[k] / summary.Sample.Count, moment, error);
        }
    }

    // The distance of the distribution functions at the edges of the cells is at most Kolmogorov's, so that its p-value
    // by Kolmogorov's law is too large rather than too small.
    private static IEnumerable<SoundnessCheck> Cells(SampleSummary summary)
    {
        long count = summary.Sample.Count;
        double sum = 0;
        double distance = 0;
        double probability = 0;
        long below = 0;
        for (int i = 0; i < summary.Cells.Length; i++)
        {
            double expected = count * summary.Sample.CellProbabilities[i];
            sum += (summary.Cells[i] - expected) * (summary.Cells[i] - expected) / expected;
            below += summary.Cells[i];
            probability += summary.Sample.CellProbabilities[i];
            distance = Math.Max(distance, Math.Abs((double)below / count - probability));
        }

        const int DegreesOfFreedom = CellProbabilities.Count - 1;
        yield return new SoundnessCheck(
            "chi-square",
            $"{CellProbabilities.Count} equal cells",
            Text(sum),
            $"{DegreesOfFreedom} ± {Text(Math.Sqrt(2.0 * DegreesOfFreedom))}",
            Statistics.PValue.ChiSquare(sum, DegreesOfFreedom));
        yield return new SoundnessCheck(
            "Kolmogorov-Smirnov",
            "all values, at the cell edges",
            $"√n D = {Text(distance * Math.Sqrt(count))}",
            "",
            Statistics.PValue.KolmogorovSmirnov(distance, count));
    }

    private static IEnumerable<SoundnessCheck> Blocks(string family, double[] values)
    {
        yield return new SoundnessCheck(
            family,
            $"smallest p of {values.Length} blocks",
            Text(values.Min()),
            "",
            Statistics.PValue.Smallest(values));
        yield return new SoundnessCheck(
            family,
            $"p of {values.Length} blocks uniform",
            $"mean {Text(values.Average())}",
            $"0.5 ± {Text(Math.Sqrt(1.0 / 12 / values.Length))}",
            Statistics.PValue.Uniformity(values));
    }

    private static IEnumerable<SoundnessCheck> SerialCorrelations(SampleSummary summary) =>
    [
        .. SerialCorrelations("serial correlation of w", summary, summary.LagProducts, ValueVariance(summary)),
        .. SerialCorrelations("serial correlation of w²", summary, summary.LagSquareProducts, SquareVariance(summary)),
    ];

    // Estimates at different lags are uncorrelated, each with the standard error 1/sqrt(n).
    private static IEnumerable<SoundnessCheck> SerialCorrelations(
        string family, SampleSummary summary, double[] products, double variance)
    {
        double error = 1 / Math.Sqrt(summary.Sample.Count);
        double sum = 0;
        for (int i = 0; i < products.Length; i++)
        {
            double correlation = products[i] / summary.Sample.Count / variance;
            sum += correlation / error * (correlation / error);
            yield return Deviation(family, $"lag {SampleSummary.Lags[i]}", correlation, 0, error);
        }

        yield return new SoundnessCheck(
            $"{family}, all lags",
            $"sum of squares over {products.Length} lags",
            Text(sum),
            $"{products.Length} ± {Text(Math.Sqrt(2.0 * products.Length))}",
            Statistics.PValue.ChiSquare(sum, products.Length));
    }

    private static IEnumerable<SoundnessCheck> Tails(SampleSummary summary)
    {
        ReferenceLaw law = summary.Sample.Law;
        for (int i = 0; i < summary.TailCounts.Length; i++)
        {
            double threshold = law.TailThresholds[i];
            double expected = summary.Sample.Count * law.TailProbability(threshold);
            yield return new SoundnessCheck(
                "tail counts",
                $"beyond {threshold.ToString("G8", CultureInfo.InvariantCulture)}",
                summary.TailCounts[i].ToString(CultureInfo.InvariantCulture),
                $"{Text(expected)} ± {Text(Math.Sqrt(expected))}",
                Statistics.PValue.Poisson(summary.TailCounts[i], expected));
        }

        yield return new SoundnessCheck(
            "tail counts",
            "outside the law's range",
            summary.Outside.ToString(CultureInfo.InvariantCulture),
            "0",
            summary.Outside == 0 ? 1 : 0);
    }

    private static IEnumerable<SoundnessCheck> Partners(SampleSummary summary)
    {
        double error = 1 / Math.Sqrt(summary.Sample.Count);
        for (int i = 0; i < summary.Sample.Partners.Count; i++)
        {
            string name = summary.Sample.Partners[i].Name;
            double correlation = summary.PartnerProducts[i] / summary.Sample.Count / ValueVariance(summary);
            double ofSquares = summary.PartnerSquareProducts[i] / summary.Sample.Count / SquareVariance(summary);
            yield return Deviation("correlation with", $"{name}, w", correlation, 0, error);
            yield return Deviation("correlation with", $"{name}, w²", ofSquares, 0, error);
        }
    }

    private static double ValueVariance(SampleSummary summary) => summary.Sample.Law.Moment(2);

    private static double SquareVariance(SampleSummary summary) =>
        summary.Sample.Law.Moment(4) - summary.Sample.Law.Moment(2) * summary.Sample.Law.Moment(2);

    private static SoundnessCheck Deviation(
        string family, string name, double observed, double expected, double standardError) =>
        new(
            family,
            name,
            observed.ToString("G9", CultureInfo.InvariantCulture),
            $"{expected.ToString("G9", CultureInfo.InvariantCulture)} ± {Text(standardError)}",
            Statistics.PValue.Normal((observed - expected) / standardError));

    private static string Text(double value) =>
        value.ToString(value < 1e6 ? "G6" : "F0", CultureInfo.InvariantCulture);
}
