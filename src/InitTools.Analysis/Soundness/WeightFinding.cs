namespace InitTools.Analysis;

/// <summary>One thing found in one tensor of a checkpoint.</summary>
public sealed record WeightFinding
{
    /// <summary>The tensor's name.</summary>
    public required string Tensor { get; init; }

    /// <summary>Its dimensions.</summary>
    public required string Shape { get; init; }

    /// <summary>What the tensor is for, by name, shape and recipe.</summary>
    public required WeightRole Role { get; init; }

    /// <summary>What was found.</summary>
    public required FindingKind Kind { get; init; }

    /// <summary>How much it weighs.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>The figure that decided, or empty.</summary>
    public double? Figure { get; init; }

    /// <summary>What the figure should be, or empty.</summary>
    public string Expected { get; init; } = "";

    /// <summary>The initializer whose law the tensor's elements have, or empty where none was recognized.</summary>
    public string DetectedInitializer { get; init; } = "";

    /// <summary>The layout in which the tensor has the fans for it; empty where both, or none, will do.</summary>
    public string DetectedLayout { get; init; } = "";

    /// <summary>
    /// The largest distance between the distribution function of a sample of the elements and that of the initializer:
    /// Kolmogorov and Smirnov's statistic, from 0 to 1; or empty. It decides no severity.
    /// </summary>
    public double? FitDistance { get; init; }

    /// <summary>The probability of a distance as large where the initializer made the elements; or empty.</summary>
    public double? FitProbability { get; init; }

    /// <summary>What to do.</summary>
    public string Advice { get; init; } = "";

    /// <summary>One sentence with the deciding figure.</summary>
    public required string Reason { get; init; }

    /// <summary>The file, or empty where the tensor is from none.</summary>
    public string Path { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{Severity}: {Tensor}: {Reason}";
}
