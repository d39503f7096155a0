namespace InitTools.Analysis;

/// <summary>The value in the middle.</summary>
internal static class Median
{
    /// <summary>The middle one of the values, or the mean of the middle two; NaN is smaller than all others.</summary>
    /// <param name="values">One value or more.</param>
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1
            ? sorted[sorted.Length / 2]
            : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
