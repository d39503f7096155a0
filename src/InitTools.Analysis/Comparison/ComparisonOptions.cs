namespace InitTools.Analysis;

/// <summary>What <see cref="InitializerComparer.Compare"/> compares on which network and data.</summary>
public sealed record ComparisonOptions
{
    /// <summary>The network; the last layer's activation is replaced by <see cref="OutputActivation"/>.</summary>
    public required Architecture Architecture { get; init; }

    /// <summary>The candidates; null or none are <see cref="InitializerComparer.DefaultCandidates"/>.</summary>
    public IReadOnlyList<Initializer>? Initializers { get; init; }

    /// <summary>The initializer of every layer's bias; null makes layers without one.</summary>
    public Initializer? Bias { get; init; }

    /// <summary>The activation of the last layer: <c>linear</c> by default, whose outputs are the logits.</summary>
    public Activation OutputActivation { get; init; } = Activation.Parse("linear");

    /// <summary>
    /// Rows to measure and train on: the network's inputs and, where named, the <see cref="Target"/>. Null draws a
    /// batch from <see cref="InputDistribution"/>.
    /// </summary>
    public DataSet? Data { get; init; }

    /// <summary>
    /// The column of <see cref="Data"/> that holds the class, 0 to the number of outputs less one, or, for the squared
    /// error of a network with one output, the number to be given; it is no input.
    /// </summary>
    public string? Target { get; init; }

    /// <summary>The law of each entry of a drawn batch; null is N(0, 1). It excludes <see cref="Data"/>.</summary>
    public Initializer? InputDistribution { get; init; }

    /// <summary>How <see cref="Data"/> are standardized: by the statistics of the rows that are not held out.</summary>
    public Standardization Standardization { get; init; } = Standardization.Global;

    /// <summary>
    /// Rows of the measured batch, as <see cref="LayerVarianceOptions.BatchSize"/>; those of a training step are
    /// <see cref="TrainingOptions.BatchSize"/>. Held-out rows are never measured.
    /// </summary>
    public int? BatchSize { get; init; }

    /// <summary>
    /// How often each candidate is tried with other numbers, 1 or more, 5 by default: replicate r of every stream's
    /// purpose. All candidates meet the same rows, gradients and shuffles in replicate r.
    /// </summary>
    public int SeedCount { get; init; } = 5;

    /// <summary>The seed that all streams derive from.</summary>
    public required Seed Seed { get; init; }

    /// <summary>The arithmetic of the measurement; training always uses Float32.</summary>
    public Precision Precision { get; init; } = Precision.Single;

    /// <summary>What the verdicts compare with.</summary>
    public VerdictThresholds Thresholds { get; init; } = VerdictThresholds.Default;

    /// <summary>How much each part of the criterion counts.</summary>
    public DeviationWeights Weights { get; init; } = DeviationWeights.Default;

    /// <summary>
    /// Candidates share a rank where the difference of their deviations is at most so many of its standard errors over
    /// the seeds; 2 by default, 0 lets only equal ones share. One seed has no standard error.
    /// </summary>
    public double TieTolerance { get; init; } = 2;

    /// <summary>How to train the candidates too, or null; needs <see cref="Data"/> and <see cref="Target"/>.</summary>
    public TrainingOptions? Training { get; init; }

    /// <summary>
    /// The line of PowerShell that makes the same call, which results hand on as <see cref="Provenance.Command"/>; null
    /// where the caller has none.
    /// </summary>
    public string? Command { get; init; }

    /// <summary>Threads and cancellation; no figure depends on the number of threads.</summary>
    public ParallelOptions ParallelOptions { get; init; } = new();

    /// <summary>Receives the share of the work done, from 0 to 1, or null; calls come from several threads.</summary>
    public IProgress<double>? Progress { get; init; }
}
