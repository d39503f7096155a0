namespace InitTools.Analysis;

/// <summary>What <see cref="LayerVarianceMeasurement.Measure"/> passes through which layers.</summary>
public sealed record LayerVarianceOptions
{
    /// <summary>The rows of a drawn batch where <see cref="BatchSize"/> does not say.</summary>
    public const int DefaultDrawnRows = 256;

    /// <summary>The stack, first layer first; every layer's activation is applied, the last one's too.</summary>
    public required IReadOnlyList<LayerTensors> Layers { get; init; }

    /// <summary>The shape of an example; null for the inputs of a first layer that is dense.</summary>
    public FeatureShape? InputShape { get; init; }

    /// <summary>
    /// Rows to pass, as many columns as the network has inputs: all positions of the first channel, then those of the
    /// second. Null draws them from <see cref="InputDistribution"/>.
    /// </summary>
    public DataSet? Data { get; init; }

    /// <summary>
    /// The law of each entry of a drawn batch, such as <c>RandomNormal(stddev=1)</c> or <c>Constant(1)</c>; null is
    /// N(0, 1). It excludes <see cref="Data"/>.
    /// </summary>
    public Initializer? InputDistribution { get; init; }

    /// <summary>
    /// How <see cref="Data"/> are standardized, all their rows together and before any are chosen; a drawn batch never
    /// is.
    /// </summary>
    public Standardization Standardization { get; init; } = Standardization.Global;

    /// <summary>
    /// Rows of the batch; null is all of <see cref="Data"/>, or <see cref="DefaultDrawnRows"/> drawn ones. Fewer than
    /// the data have are chosen by the seed's stream of purpose "batch" and name "rows", in <see cref="RowOrder"/>.
    /// </summary>
    public int? BatchSize { get; init; }

    /// <summary>
    /// dL/d(output of the last layer, after its activation), a row for each row of the batch and a column for each
    /// output; null draws it from N(0, 1), purpose "gradient" and name "output".
    /// </summary>
    public DataSet? OutputGradient { get; init; }

    /// <summary>
    /// The rate of gradient descent by which <see cref="LayerVariance.UpdateRatio"/> is reckoned, above 0; null for
    /// none.
    /// </summary>
    public double? LearningRate { get; init; }

    /// <summary>
    /// How often the network, and what is drawn of the batch, is drawn anew for the scores of departure: 1 for none, or
    /// 5 or more. Everything else is that of the first.
    /// </summary>
    public int SeedCount { get; init; } = 1;

    /// <summary>The arithmetic of the two passes.</summary>
    public Precision Precision { get; init; } = Precision.Single;

    /// <summary>The seed of what is drawn here: the batch, and the gradient. The layers carry their own.</summary>
    public required Seed Seed { get; init; }

    /// <summary>What the verdicts compare with.</summary>
    public VerdictThresholds Thresholds { get; init; } = VerdictThresholds.Default;

    /// <summary>
    /// The line of PowerShell that makes the same call, which results hand on as <see cref="Provenance.Command"/>; null
    /// where the caller has none.
    /// </summary>
    public string? Command { get; init; }

    /// <summary>Threads and cancellation; no figure depends on the number of threads.</summary>
    public ParallelOptions ParallelOptions { get; init; } = new();

    /// <summary>Receives the share of the work done, from 0 to 1, or null.</summary>
    public IProgress<double>? Progress { get; init; }
}
