using System.Globalization;

namespace InitTools;

/// <summary>
/// Rounds constants that are solved for numerically, so that the last bits of the solver never reach a weight.
/// </summary>
internal static class SignificantDigits
{
    /// <summary>The nearest double to the number rounded to 12 significant decimal digits.</summary>
    public static double Round(double value) =>
        double.Parse(value.ToString("E11", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
