using System.Collections;
using System.Globalization;
using System.Numerics;
using static InitTools.PowerShell.Binding.WrappedValue;

namespace InitTools.PowerShell.Binding;

/// <summary>
/// Values of scripts as text that reads the same on every culture, and such text as numbers. PowerShell's own
/// conversion reads "1,5" as 15 and 2.5 as the whole number 2.
/// </summary>
internal static class InvariantText
{
    /// <summary>
    /// The text of a value, or null where there is none (null, empty or blank text). A collection is a list with
    /// commas; a floating-point number without a fraction is a whole number.
    /// </summary>
    public static string? Of(object? value)
    {
        object? plain = Unwrap(value);
        string text = plain switch
        {
            null => "",
            string same => same,
            double number when IsWhole(number) => Of(new BigInteger(number)) ?? "",
            float number when IsWhole(number) => Of(new BigInteger(number)) ?? "",
            decimal number when decimal.IsInteger(number) => Of(new BigInteger(number)) ?? "",
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            IEnumerable items => string.Join(',', items.Cast<object?>().Select(Of)),
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => plain.ToString() ?? "",
        };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>A number with a decimal point and no group separators.</summary>
    public static bool TryParse(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>A whole number without group separators.</summary>
    public static bool TryParse(string text, out long number) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out number);

    // Beyond 2^64 no seed and no count is accepted, and the digits of a double would be invented.
    private static bool IsWhole(double number) =>
        double.IsInteger(number) && Math.Abs(number) <= 18446744073709551616.0;
}
