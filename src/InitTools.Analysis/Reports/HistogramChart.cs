using System.Globalization;

namespace InitTools.Analysis.Reports;

/// <summary>
/// How weights and activations are spread, layer by layer: a table from which the page's script draws.
/// </summary>
internal static class HistogramChart
{
    private const string Title = "Weights and activations by layer";

    /// <summary>Writes the chart, or nothing where no candidate has histograms.</summary>
    public static void Write(HtmlWriter html, IReadOnlyList<Candidate> candidates)
    {
        Candidate[] drawn = [.. candidates.Where(candidate => candidate.Histograms.Count > 0)];
        if (drawn.Length == 0)
        {
            return;
        }

        html.WriteLine($"<figure class=\"histograms\"><figcaption><h3>{Title}</h3>");
        html.Write($"<p>How often values occur, in {LayerHistogram.BinCount} steps of equal width from the smallest ");
        html.Write($"to the largest finite one, with the first seed. A layer whose values stand at one point says ");
        html.WriteLine($"nothing.</p>");
        html.Write($"</figcaption><details class=\"data\"><summary>Table: {Title}</summary>");
        html.WriteLine($"<div class=\"scroll\"><table>");
        html.Write($"<thead><tr><th scope=\"col\">Initializer<th scope=\"col\">Layer<th scope=\"col\">Name");
        html.Write($"<th scope=\"col\">Values<th scope=\"col\">Smallest<th scope=\"col\">Largest");
        html.WriteLine($"<th scope=\"col\">How many in each step</thead>");
        foreach (Candidate candidate in drawn)
        {
            html.WriteLine($"<tbody data-label=\"{candidate.Label}\">");
            foreach (LayerHistograms layer in candidate.Histograms)
            {
                WriteRow(html, candidate, layer, "weights", layer.Weights);
                WriteRow(html, candidate, layer, "activations", layer.Activations);
            }

            html.WriteLine($"</tbody>");
        }

        html.WriteLine($"</table></div></details></figure>");
    }

    private static void WriteRow(
        HtmlWriter html, Candidate candidate, LayerHistograms layer, string kind, LayerHistogram? values)
    {
        if (values is not null)
        {
            html.Write($"<tr><th scope=\"row\">{candidate.Label}<td>{layer.Layer}<td>{layer.Name}<td>{kind}");
            html.Write($"<td>{ReportText.Exact(values.Smallest)}<td>{ReportText.Exact(values.Largest)}");
            html.WriteLine(
                $"<td>{string.Join(' ', values.Counts.Select(count => count.ToString(CultureInfo.InvariantCulture)))}");
        }
    }
}
