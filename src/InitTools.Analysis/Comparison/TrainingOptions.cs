namespace InitTools.Analysis;

/// <summary>
/// How candidates are trained: mini-batch stochastic gradient descent, w := w - rate * dL/dw, on the mean softmax
/// cross-entropy of the output layer over the mini-batch.
/// </summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training rows: 1 or more, 30 by default.</summary>
    public int EpochCount { get; init; } = 30;

    /// <summary>
    /// Rows of a mini-batch, 50 by default; an epoch's last one may be smaller.
    /// </summary>
    public int BatchSize { get; init; } = 50;

    /// <summary>The step size, a finite number above 0; 0.01 by default.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>
    /// Rows kept from training for the held-out figures: a share in (0, 1), rounded to the nearest whole number of
    /// rows, or a whole number of rows; 0, the default, keeps none. Which rows, the stream of purpose "shuffle" and
    /// name "holdout" decides (<see cref="RowOrder"/>), the same ones for all seeds and candidates.
    /// </summary>
    public double HoldOut { get; init; }

    /// <summary>
    /// The training loss, in nats, whose first undercutting <see cref="InitializerComparison.EpochsToThreshold"/>
    /// reports; 0.5 by default.
    /// </summary>
    public double LossThreshold { get; init; } = 0.5;
}
