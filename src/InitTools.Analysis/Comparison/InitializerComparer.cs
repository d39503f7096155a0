namespace InitTools.Analysis;

/// <summary>Compares initializers on one network.</summary>
public static class InitializerComparer
{
    /// <summary>The candidates where none are given.</summary>
    public static IReadOnlyList<Initializer> DefaultCandidates { get; } =
    [
        .. new[]
        {
            "GlorotUniform", "GlorotNormal", "HeUniform", "HeNormal", "LecunUniform", "LecunNormal",
            "RandomNormal(stddev=1)", "RandomNormal(stddev=0.01)", "Zeros", "Constant(value=0.5)",
        }.Select(expression => Initializer.Parse(expression)),
    ];

    /// <summary>Measures, and on request trains, every candidate with every seed.</summary>
    public static IReadOnlyList<InitializerComparison> Compare(ComparisonOptions options) =>
        throw new NotImplementedException();
}
