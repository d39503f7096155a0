using System.Globalization;
using InitTools.Analysis.Reports;

namespace InitTools.Analysis;

/// <summary>
/// Results as a chart of plain text: what signal and gradient do from layer to layer, one series an initializer. The
/// same figures as on the page of <see cref="ReportPage"/>.
/// </summary>
public static class LayerChart
{
    // Told apart without colours; letters where there are more series.
    private const string Marks =
        "\u25CF\u25CB\u25A0\u25A1\u25B2\u25B3\u25C6\u25C7\u25BC\u25BD"
        + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>Draws results as lines of text in the user's culture.</summary>
    /// <param name="results">As for <see cref="ReportPage"/>.</param>
    /// <param name="options">What to draw and how large.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: a size out of bounds, no result, an object of another type, more
    /// initializers on one network than there are marks, a histogram of something else than measured layers;
    /// <see cref="ErrorId.LayerMismatch"/>: some of a measurement's layers, but not all.
    /// </exception>
    public static IReadOnlyList<string> Draw(IReadOnlyCollection<object> results, LayerChartOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        IReadOnlyList<NetworkSection> sections = ReportPage.ReadSections(results);
        if (results.Any(result => result is WeightFinding))
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                "Findings of Test-InitWeights have no layers to draw; charts show what Compare-Initializers and "
                + "Measure-LayerVariance give.",
                nameof(WeightFinding));
        }

        List<string> lines = [];
        foreach (NetworkSection section in sections)
        {
            if (lines.Count > 0)
            {
                lines.Add("");
            }

            string network = $"Network {section.Network.Network} with {section.Network.Activation}";
            lines.Add(HistogramText.Shorten(network, options.Width));
            lines.AddRange(options.Kind == LayerChartKind.Curve
                ? DrawCurves(section.Candidates, options)
                : DrawHistograms(section.Candidates, options));
        }

        return lines;
    }

    private static List<string> DrawCurves(IReadOnlyList<Candidate> candidates, LayerChartOptions options)
    {
        if (candidates.Count > Marks.Length)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"A chart of {candidates.Count} initializers was asked for; at most {Marks.Length} are told apart.",
                candidates.Count);
        }

        return
        [
            "",
            "Second moment by layer, q = E[z\u00B2]",
            .. TextPlot.Draw(
                SeriesOf(candidates, layer => layer.SecondMoment.Value, layer => layer.ExpectedSecondMoment),
                options.Width,
                options.Height),
            "",
            "Gradient variance by layer, last = 1",
            .. TextPlot.Draw(
                SeriesOf(candidates, layer => layer.GradientRatio?.Value, layer => layer.ExpectedGradientRatio),
                options.Width,
                options.Height),
            "",
            .. Legend(candidates, options.Width),
        ];
    }

    // Lines of theory would cross where there are several series.
    private static PlotSeries[] SeriesOf(
        IReadOnlyList<Candidate> candidates,
        Func<LayerPoint, double?> measured,
        Func<LayerPoint, double?> expected) =>
        [
            .. candidates.Select((candidate, index) => new PlotSeries(
                Marks[index],
                [.. candidate.Layers.Select(measured)],
                candidates.Count == 1 ? [.. candidate.Layers.Select(expected)] : [])),
        ];

    private static IEnumerable<string> Legend(IReadOnlyList<Candidate> candidates, int width)
    {
        const int WidthForFactors = 80;
        const int Margins = 4;
        string[] figures = [.. candidates.Select(candidate => Describe(candidate, width >= WidthForFactors))];
        int room = width - figures.Max(text => text.Length) - Margins;
        string[] labels = [.. candidates.Select(candidate => HistogramText.Shorten(candidate.Label, room))];
        int labelWidth = labels.Max(label => label.Length);
        for (int i = 0; i < candidates.Count; i++)
        {
            yield return $"{Marks[i]} {labels[i].PadRight(labelWidth)}  {figures[i]}";
        }

        yield return candidates.Count == 1
            ? $"{TextPlot.Theory} what theory has for infinite width"
            : $"{TextPlot.Several} several of them";
    }

    private static string Describe(Candidate candidate, bool withFactors) => withFactors
        ? string.Create(
            CultureInfo.CurrentCulture,
            $"{candidate.Verdict,-10} x {candidate.ForwardFactor:g3} forwards, x {candidate.BackwardFactor:g3} "
            + $"backwards")
        : candidate.Verdict;

    private static List<string> DrawHistograms(IReadOnlyList<Candidate> candidates, LayerChartOptions options)
    {
        LayerQuantity quantity = options.Kind == LayerChartKind.ActivationHistogram
            ? LayerQuantity.Activation
            : LayerQuantity.PreActivation;
        List<string> lines = [];
        foreach (Candidate candidate in candidates)
        {
            if (candidate.Measured.Count == 0)
            {
                throw new InitToolsException(
                    ErrorId.InvalidArgument,
                    "A comparison has no values to count; histograms are drawn of what Measure-LayerVariance gives.",
                    options.Kind);
            }

            string title = $"Histogram of the {HistogramText.Symbol(quantity)} by layer: {candidate.Label}, " +
                candidate.Verdict;
            lines.AddRange(
            [
                "",
                HistogramText.Shorten(title, options.Width),
                .. HistogramText.Draw(candidate.Measured, quantity, options.Width),
            ]);
        }

        return lines;
    }
}
