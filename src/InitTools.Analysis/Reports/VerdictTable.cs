namespace InitTools.Analysis.Reports;

/// <summary>The table of verdicts: a row for each initializer, sortable by every column.</summary>
internal static class VerdictTable
{
    /// <summary>Writes the table.</summary>
    public static void Write(HtmlWriter html, IReadOnlyList<Candidate> candidates)
    {
        Column[] columns = [.. Columns().Where(column => candidates.Any(row => column.Text(row).Length > 0))];
        html.Write($"<div class=\"scroll\"><table class=\"sortable verdicts\"><thead><tr>");
        foreach (Column column in columns)
        {
            html.Write($"<th scope=\"col\" title=\"{column.Meaning}\">{column.Title}");
        }

        html.WriteLine($"</thead><tbody>");
        foreach (Candidate row in candidates)
        {
            html.Write($"<tr>");
            foreach (Column column in columns)
            {
                switch (column.Kind)
                {
                    case Kind.Name:
                        html.Write($"<th scope=\"row\">{column.Text(row)}");
                        break;
                    case Kind.Verdict:
                        html.Write($"<td><span class=\"verdict {(row.IsHealthy ? "sound" : "unsound")}\">");
                        html.Write($"{column.Text(row)}</span>");
                        break;
                    default:
                        html.Write($"<td class=\"figure\">{column.Text(row)}");
                        break;
                }
            }

            html.WriteLine($"");
        }

        html.WriteLine($"</tbody></table></div>");
    }

    private static IEnumerable<Column> Columns() =>
    [
        new("Rank", "Place by deviation", Kind.Figure, row => ReportText.Figure(row.Rank)),
        new("Initializer", "How weights are drawn", Kind.Name, row => row.Label),
        new("Verdict", "The most severe rule that holds", Kind.Verdict, row => row.Verdict),
        new(
            "Deviation",
            "How far from handing on signal and gradient unchanged; 0 is perfect",
            Kind.Figure,
            row => ReportText.Figure(row.Deviation)),
        new(
            "Forward",
            "Factor of the second moment per layer; 1 is perfect",
            Kind.Figure,
            row => ReportText.Figure(row.ForwardFactor)),
        new(
            "Backward",
            "Factor of the gradient variance per layer; 1 is perfect",
            Kind.Figure,
            row => ReportText.Figure(row.BackwardFactor)),
        new(
            "First layer",
            "Second moment of layer 1 over that of the input",
            Kind.Figure,
            row => ReportText.Figure(row.FirstLayerFactor)),
        new(
            "Saturated",
            "Mean share of entries at the activation's bounds",
            Kind.Figure,
            row => ReportText.Percent(row.SaturatedFraction)),
        new(
            "Dead",
            "Share of hidden units that are zero on every row",
            Kind.Figure,
            row => ReportText.Percent(row.DeadFraction)),
        new(
            "Lowest loss",
            "Of any epoch, the median over the seeds",
            Kind.Figure,
            row => ReportText.Figure(row.Trained?.LowestLoss)),
        new(
            "Final loss",
            "After the last epoch, the median over the seeds",
            Kind.Figure,
            row => ReportText.Figure(row.Trained?.FinalLoss)),
        new(
            "Accuracy",
            "Share of held-out rows named rightly, the median over the seeds",
            Kind.Figure,
            row => ReportText.Percent(row.Trained?.HeldOutAccuracy)),
        new(
            "Epochs",
            "Epochs until the training loss fell below the threshold",
            Kind.Figure,
            row => ReportText.Figure(row.Trained?.EpochsToThreshold)),
    ];

    private enum Kind
    {
        Figure,
        Name,
        Verdict,
    }

    private sealed record Column(string Title, string Meaning, Kind Kind, Func<Candidate, string> Text);
}
