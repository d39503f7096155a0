namespace InitTools.Analysis;

/// <summary>What <see cref="UnitVariance.Optimize"/> works on.</summary>
public sealed record UnitVarianceOptions
{
    /// <summary>The usual tolerance.</summary>
    public const double DefaultTolerance = 1e-3;

    /// <summary>The usual number of attempts.</summary>
    public const int DefaultAttempts = 10;

    /// <summary>The stack, first layer first.</summary>
    public required IReadOnlyList<LayerTensors> Layers { get; init; }

    /// <summary>The shape of an example; null for the inputs of a first layer that is dense.</summary>
    public FeatureShape? InputShape { get; init; }

    /// <summary>Rows to pass. Null draws them from <see cref="InputDistribution"/>.</summary>
    public DataSet? Data { get; init; }

    /// <summary>The law of each entry of a drawn batch; null is N(0, 1).</summary>
    public Initializer? InputDistribution { get; init; }

    /// <summary>How <see cref="Data"/> are standardized, all their rows together and before any are chosen.</summary>
    public Standardization Standardization { get; init; } = Standardization.Global;

    /// <summary>Rows of the batch, as in <see cref="LayerVarianceOptions.BatchSize"/>.</summary>
    public int? BatchSize { get; init; }

    /// <summary>
    /// Whether weights are first replaced by orthonormal ones (those of Orthogonal), as in the paper; a tensor keeps
    /// its seed, and one of imported values has <see cref="Seed"/>.
    /// </summary>
    public bool IsOrthonormal { get; init; }

    /// <summary>How far from 1 a standard deviation may stay; above 0.</summary>
    public double Tolerance { get; init; } = DefaultTolerance;

    /// <summary>How often a layer may be rescaled; 1 or more.</summary>
    public int Attempts { get; init; } = DefaultAttempts;

    /// <summary>The arithmetic of the pass.</summary>
    public Precision Precision { get; init; } = Precision.Single;

    /// <summary>
    /// The seed of what is drawn here: the batch, its rows, orthonormal weights of tensors without one.
    /// </summary>
    public required Seed Seed { get; init; }

    /// <summary>Threads and cancellation; no result depends on the number of threads.</summary>
    public ParallelOptions ParallelOptions { get; init; } = new();

    /// <summary>Receives the share of the work done, from 0 to 1, or null.</summary>
    public IProgress<double>? Progress { get; init; }
}
