using System.Globalization;

namespace InitTools.Analysis.Reports;

/// <summary>
/// A table of shares whose cells are shaded by them: a row for each initializer, a column for each layer.
/// </summary>
/// <param name="Title">What share it is.</param>
/// <param name="Description">What it means, in a sentence.</param>
/// <param name="Share">The share of a layer, or null where it does not apply.</param>
internal sealed record HeatMap(string Title, string Description, Func<LayerPoint, double?> Share)
{
    private const int Shades = 10;

    /// <summary>Whether any share is above zero, so that there is something to see.</summary>
    public bool HasShares(IReadOnlyList<Candidate> candidates) =>
        candidates.Any(candidate => candidate.Layers.Any(layer => Share(layer) > 0));

    /// <summary>Writes the table.</summary>
    public void Write(HtmlWriter html, IReadOnlyList<Candidate> candidates)
    {
        html.Write($"<figure class=\"heat\"><figcaption><h3>{Title}</h3>");
        html.WriteLine($"<p>{Description} Percent.</p></figcaption>");
        html.Write($"<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Layer");
        foreach (LayerPoint layer in candidates[0].Layers)
        {
            html.Write($"<th scope=\"col\" title=\"{layer.Name}\">{layer.Layer}");
        }

        html.WriteLine($"</thead><tbody>");
        foreach (Candidate candidate in candidates)
        {
            html.Write($"<tr><th scope=\"row\">{candidate.Label}");
            foreach (LayerPoint layer in candidate.Layers)
            {
                if (Share(layer) is double share)
                {
                    html.Write($"<td class=\"h{(int)Math.Ceiling(Shades * share)}\">{Percent(share)}");
                }
                else
                {
                    html.Write($"<td>");
                }
            }

            html.WriteLine($"");
        }

        html.WriteLine($"</tbody></table></div></figure>");
    }

    // Whole percents, but nothing above 0 as "0" and nothing below 1 as "100".
    private static string Percent(double share) => share switch
    {
        0 => "0",
        < 0.01 => "<1",
        < 1 => Math.Min(99, Math.Round(100 * share)).ToString(CultureInfo.InvariantCulture),
        _ => "100",
    };
}
