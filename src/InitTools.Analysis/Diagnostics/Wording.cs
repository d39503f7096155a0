using System.Globalization;

namespace InitTools.Analysis;

/// <summary>Figures in sentences, on every culture the same: reasons stand in exported files.</summary>
internal static class Wording
{
    /// <summary>A figure: three significant digits.</summary>
    public static string Text(double value) => value.ToString("g3", CultureInfo.InvariantCulture);

    /// <summary>A share, as a percentage with one decimal.</summary>
    public static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A number and what it counts.</summary>
    public static string Count(long number, string one, string many) =>
        $"{number.ToString(CultureInfo.InvariantCulture)} {(number == 1 ? one : many)}";
}
