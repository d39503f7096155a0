namespace InitTools.Analysis.Reports;

/// <summary>
/// What was found of the weights of a file, or of a pipeline: a sentence, and a row for each finding.
/// </summary>
/// <param name="path">The file, or empty.</param>
/// <param name="findings">The findings.</param>
internal sealed class FindingSection(string path, IReadOnlyList<WeightFinding> findings)
{
    private static readonly (string Title, string Meaning, Func<WeightFinding, string> Text)[] s_columns =
    [
        ("Finding", "What was found", finding => finding.Kind.ToString()),
        ("Role", "What the tensor is for, by its name and shape", finding => finding.Role.ToString()),
        ("Figure", "The figure that decided", finding => ReportText.Figure(finding.Figure)),
        ("Expected", "What the figure should be", finding => finding.Expected),
        ("Made by", "The initializer that the elements look like", MakerOf),
        (
            "Fit",
            "Kolmogorov and Smirnov's distance to that initializer's law, from 0 to 1",
            finding => ReportText.Figure(finding.FitDistance)),
        ("Reason", "One sentence, and what to do", finding => $"{finding.Reason} {finding.Advice}".TrimEnd()),
    ];

    /// <summary>The sections of findings, one for each file.</summary>
    public static IEnumerable<FindingSection> Of(IEnumerable<WeightFinding> findings) => findings
        .GroupBy(finding => finding.Path)
        .Select(file => new FindingSection(file.Key, [.. file]));

    /// <summary>Writes the section.</summary>
    public void Write(HtmlWriter html)
    {
        html.WriteLine($"<section class=\"findings\">");
        html.WriteLine($"<h2>{(path.Length == 0 ? "Soundness of the weights" : Path.GetFileName(path))}</h2>");
        html.WriteLine($"<p class=\"answer\">{Summary()}</p>");
        html.Write($"<div class=\"scroll\"><table class=\"sortable verdicts\"><thead><tr>");
        html.Write($"<th scope=\"col\" title=\"Its name, and its dimensions\">Tensor");
        html.Write($"<th scope=\"col\" title=\"How much the finding weighs\">Severity");
        foreach ((string title, string meaning, _) in s_columns)
        {
            html.Write($"<th scope=\"col\" title=\"{meaning}\">{title}");
        }

        html.WriteLine($"</thead><tbody>");
        foreach (WeightFinding finding in findings.OrderByDescending(finding => finding.Severity))
        {
            bool isSound = finding.Severity == FindingSeverity.Information;
            html.Write($"<tr><th scope=\"row\">{finding.Tensor} ({finding.Shape})");
            html.Write($"<td><span class=\"verdict {(isSound ? "sound" : "unsound")}\">");
            html.Write($"{finding.Severity.ToString()}</span>");
            foreach ((_, _, Func<WeightFinding, string> text) in s_columns)
            {
                html.Write($"<td>{text(finding)}");
            }

            html.WriteLine($"");
        }

        html.WriteLine($"</tbody></table></div></section>");
    }

    private static string MakerOf(WeightFinding finding) => finding.DetectedLayout.Length == 0
        ? finding.DetectedInitializer
        : $"{finding.DetectedInitializer}, {finding.DetectedLayout}";

    private string Summary()
    {
        int errors = findings.Count(finding => finding.Severity == FindingSeverity.Error);
        int warnings = findings.Count(finding => finding.Severity == FindingSeverity.Warning);
        string tensors = Wording.Count(
            findings.Select(finding => finding.Tensor).Distinct().Count(), "tensor", "tensors");
        return errors + warnings == 0
            ? $"{tensors}, and nothing that speaks against training from here."
            : $"{tensors}: {Wording.Count(errors, "error", "errors")} and "
                + $"{Wording.Count(warnings, "warning", "warnings")}.";
    }
}
