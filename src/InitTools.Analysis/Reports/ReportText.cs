using System.Globalization;

namespace InitTools.Analysis.Reports;

/// <summary>Figures as text, in every culture the same: a page is a file.</summary>
internal static class ReportText
{
    /// <summary>Four significant digits; empty where the figure does not apply.</summary>
    public static string Figure(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Six significant digits, from which charts are drawn; empty where the figure does not apply.</summary>
    public static string Exact(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A share as a percentage with one decimal.</summary>
    public static string Percent(double? share) =>
        share is double value ? Wording.Percent(value) : "";

    /// <summary>Names joined as in a sentence.</summary>
    public static string Join(IReadOnlyList<string> names) => names.Count < 2
        ? string.Concat(names)
        : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
}
