namespace InitTools;

/// <summary>A figure of the theory, which says nothing where it would be NaN or infinite.</summary>
internal static class FiniteNumber
{
    /// <summary>The number where it is finite, or else null.</summary>
    public static double? OrNull(double? value) =>
        value is double number && double.IsFinite(number) ? number : null;
}
