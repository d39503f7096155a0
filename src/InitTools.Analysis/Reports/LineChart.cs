namespace InitTools.Analysis.Reports;

/// <summary>A chart of lines and its table, from which the page's script draws it.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Description">How to read it, in a sentence.</param>
/// <param name="HorizontalTitle">What the horizontal axis counts, in whole numbers.</param>
/// <param name="VerticalTitle">What the vertical, logarithmic axis shows.</param>
/// <param name="Lines">The lines.</param>
internal sealed record LineChart(
    string Title,
    string Description,
    string HorizontalTitle,
    string VerticalTitle,
    IReadOnlyList<ChartLine> Lines)
{
    /// <summary>Writes the chart, or nothing where it would have no point.</summary>
    public void Write(HtmlWriter html)
    {
        if (!Lines.Any(line => line.Points.Any(point => point.Measured is not null)))
        {
            return;
        }

        html.WriteLine($"<figure class=\"line-chart\" data-x=\"{HorizontalTitle}\" data-y=\"{VerticalTitle}\">");
        html.WriteLine($"<figcaption><h3>{Title}</h3><p>{Description}</p></figcaption>");
        html.WriteLine($"<details class=\"data\"><summary>Table: {Title}</summary><div class=\"scroll\"><table>");
        html.Write($"<thead><tr><th scope=\"col\">Initializer<th scope=\"col\">{HorizontalTitle}");
        html.Write($"<th scope=\"col\">Name<th scope=\"col\">Measured<th scope=\"col\">Lowest seed");
        html.WriteLine($"<th scope=\"col\">Highest seed<th scope=\"col\">Theory</thead>");
        foreach (ChartLine line in Lines)
        {
            html.WriteLine($"<tbody data-label=\"{line.Label}\">");
            foreach (ChartPoint point in line.Points)
            {
                html.Write($"<tr><th scope=\"row\">{line.Label}<td>{point.Place}<td>{point.Name}");
                html.Write($"<td>{ReportText.Exact(point.Measured?.Value)}");
                html.Write($"<td>{ReportText.Exact(point.Measured?.Lowest)}");
                html.WriteLine(
                    $"<td>{ReportText.Exact(point.Measured?.Highest)}<td>{ReportText.Exact(point.Expected)}");
            }

            html.WriteLine($"</tbody>");
        }

        html.WriteLine($"</table></div></details></figure>");
    }
}

/// <summary>One line of a chart.</summary>
internal sealed record ChartLine(string Label, IReadOnlyList<ChartPoint> Points);

/// <summary>One point: its place on the horizontal axis, what was measured there and what theory expects.</summary>
internal sealed record ChartPoint(int Place, string Name, MeasuredRange? Measured, double? Expected);
