using System.Globalization;

namespace InitTools.Analysis.Reports;

/// <summary>All that a page shows of one network: initializers that were compared, or measured, on it.</summary>
internal sealed class NetworkSection(IReadOnlyList<Provenance> provenances, IReadOnlyList<Candidate> candidates)
{
    private const string SeedSetting = "Seed";

    private static readonly HeatMap[] s_heatMaps =
    [
        new(
            "Saturated entries",
            "Entries at the bounds of their activation, where it has no slope to learn by.",
            layer => layer.SaturatedShare),
        new("Dead units", "Units that are zero on every row, so that nothing passes.", layer => layer.DeadShare),
        new(
            "Symmetric units",
            "Units that are another's copy to the last bit: they compute and learn the same.",
            layer => layer.CopyShare),
    ];

    /// <summary>The network.</summary>
    public Provenance Network => provenances[0];

    /// <summary>The initializers, best first.</summary>
    public IReadOnlyList<Candidate> Candidates => candidates;

    /// <summary>The sections of compared initializers: one for each comparison.</summary>
    public static IEnumerable<NetworkSection> Of(IEnumerable<InitializerComparison> comparisons) => comparisons
        .GroupBy(comparison => comparison.GetProvenance())
        .Select(rows => new NetworkSection(
            [rows.Key],
            // Theory's integrals take nearly all of the time that a page takes.
            [.. rows.OrderBy(row => row.Rank).AsParallel().AsOrdered().Select(Candidate.Of)]));

    /// <summary>
    /// The sections of measured layers: one for each network and settings, whatever the initializers and seeds.
    /// </summary>
    public static IEnumerable<NetworkSection> Of(IEnumerable<LayerVariance> layers) => layers
        .GroupBy(layer => layer.GetProvenance())
        .GroupBy(measurement => SettingsOf(measurement.Key))
        .Select(measurements => new NetworkSection(
            [.. measurements.Select(measurement => measurement.Key)],
            Candidate.Of([.. measurements.Select(measurement => Complete([.. measurement]))])));

    /// <summary>Writes the section.</summary>
    public void Write(HtmlWriter html)
    {
        html.WriteLine($"<section>");
        Answer.Write(html, provenances[0], candidates);
        VerdictTable.Write(html, candidates);
        MomentChart().Write(html);
        GradientChart().Write(html);
        HistogramChart.Write(html, candidates);
        LossChart().Write(html);
        WriteHeatMaps(html);
        WriteSettings(html);
        html.WriteLine($"</section>");
    }

    private static string SettingsOf(Provenance provenance) => string.Join(
        '\n',
        provenance.Settings.Where(setting => setting.Key != SeedSetting).Select(setting => setting.Value));

    private static LayerVariance[] Complete(LayerVariance[] layers)
    {
        LayerVariance[] ordered = [.. layers.DistinctBy(layer => layer.Layer).OrderBy(layer => layer.Layer)];
        int depth = layers[0].GetProvenance().Depth;
        return ordered.Length == depth
            ? ordered
            : throw new InitToolsException(
                ErrorId.LayerMismatch,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{ordered.Length} of the {depth} layers of a measurement were given; all of them are needed."),
                ordered.Length);
    }

    private LineChart MomentChart() => new(
        "Second moment of the pre-activations by layer",
        "A flat line hands the signal on; one that falls vanishes, one that rises explodes." + Legend,
        "Layer",
        "q = E[z\u00B2]",
        LinesOf(layer => new ChartPoint(
            layer.Layer, layer.Name, Drawable(layer.SecondMoment), layer.ExpectedSecondMoment)));

    private LineChart GradientChart() => new(
        "Gradient variance by layer, relative to the last layer's",
        "Read from right to left, as gradients flow: a flat line lets every layer learn." + Legend,
        "Layer",
        "Ratio of variances",
        LinesOf(layer => new ChartPoint(
            layer.Layer, layer.Name, Drawable(layer.GradientRatio), layer.ExpectedGradientRatio)));

    private LineChart LossChart() => new(
        "Training loss by epoch",
        $"Mean {LossName} over the training rows: the median over the seeds, bars from the lowest to the highest.",
        "Epoch",
        Network.Loss == LossFunction.CrossEntropy ? "Loss in nats" : "Loss",
        [
            .. candidates.Where(candidate => candidate.Trained is not null).Select(candidate => new ChartLine(
                candidate.Label,
                [
                    .. candidate.Trained!.LossCurve().GroupBy(epoch => epoch.Epoch).Select(epoch => new ChartPoint(
                        epoch.Key,
                        "",
                        RangeOf([.. epoch.Select(seed => seed.Loss)]),
                        null)),
                ])),
        ]);

    private string LossName => Network.Loss == LossFunction.CrossEntropy ? "cross-entropy" : "squared error";

    private static string Legend =>
        " Marks are measured, bars reach from the lowest to the highest seed, dashes are theory for infinite width.";

    private static MeasuredRange? Drawable(MeasuredRange? range) =>
        range is { } known && !double.IsNaN(known.Value) ? known : null;

    private static MeasuredRange? RangeOf(double[] losses)
    {
        double middle = Median.Of(losses);
        return double.IsNaN(middle) ? null : MeasuredRange.Of(losses, middle);
    }

    private ChartLine[] LinesOf(Func<LayerPoint, ChartPoint> pointOf) =>
        [.. candidates.Select(candidate => new ChartLine(candidate.Label, [.. candidate.Layers.Select(pointOf)]))];

    private void WriteHeatMaps(HtmlWriter html)
    {
        foreach (HeatMap map in s_heatMaps.Where(map => map.HasShares(candidates)))
        {
            map.Write(html, candidates);
        }

        string[] absent =
        [
            .. s_heatMaps.Where(map => !map.HasShares(candidates)).Select(map => $"no {map.Title.ToLowerInvariant()}"),
        ];
        if (absent.Length > 0)
        {
            html.WriteLine($"<p class=\"none\">In all layers: {ReportText.Join(absent)}.</p>");
        }
    }

    private void WriteSettings(HtmlWriter html)
    {
        html.WriteLine($"<h3>Settings</h3><dl class=\"settings\">");
        foreach (KeyValuePair<string, string> setting in provenances[0].Settings)
        {
            IEnumerable<string> values = provenances.Select(provenance =>
                provenance.Settings.Single(other => other.Key == setting.Key).Value);
            html.WriteLine($"<dt>{setting.Key}<dd>{string.Join(", ", values.Distinct())}");
        }

        html.WriteLine($"</dl>");
        string[] commands = [.. provenances.Select(provenance => provenance.Command).OfType<string>().Distinct()];
        if (commands.Length > 0)
        {
            html.WriteLine($"<h3>To run it again</h3><pre><code>{string.Join('\n', commands)}</code></pre>");
        }
    }
}
