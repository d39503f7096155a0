namespace InitTools.Analysis;

/// <summary>How <see cref="SoundnessTest.Run"/> looks at tensors.</summary>
public sealed record SoundnessOptions
{
    /// <summary>What the findings compare with.</summary>
    public SoundnessThresholds Thresholds { get; init; } = SoundnessThresholds.Default;

    /// <summary>Whether values are compared with those that their recipes make.</summary>
    public bool Regenerate { get; init; }

    /// <summary>
    /// The layout of the weights, or null to take the one that a recipe says and else to try both.
    /// </summary>
    public Layout? Layout { get; init; }

    /// <summary>The file that the tensors are from, or empty.</summary>
    public string Path { get; init; } = "";

    /// <summary>Threads and cancellation; no finding depends on the number of threads.</summary>
    public ParallelOptions ParallelOptions { get; init; } = new();

    /// <summary>Receives the share of the elements looked at, from 0 to 1, or null.</summary>
    public IProgress<double>? Progress { get; init; }
}
