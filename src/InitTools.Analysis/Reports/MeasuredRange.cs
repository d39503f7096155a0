namespace InitTools.Analysis.Reports;

/// <summary>
/// A measured figure and the lowest and highest that any seed gave; both are the figure for one seed.
/// </summary>
internal readonly record struct MeasuredRange(double Value, double Lowest, double Highest)
{
    /// <summary>The range of some seeds' figures around a mean of theirs.</summary>
    public static MeasuredRange Of(IReadOnlyList<double> figures, double mean) =>
        new(mean, figures.Min(), figures.Max());
}
