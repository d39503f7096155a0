namespace InitTools.Analysis;

/// <summary>One training of one candidate in one replicate.</summary>
/// <param name="LearningRate">The step size.</param>
/// <param name="Epochs">The state before the first step and after each epoch.</param>
internal sealed record TrainingRun(double LearningRate, IReadOnlyList<EpochLoss> Epochs)
{
    /// <summary>The training loss before the first step.</summary>
    public double InitialLoss => OrInfinity(Epochs[0].Loss);

    /// <summary>The lowest training loss of any epoch.</summary>
    public double LowestLoss => Epochs.Min(epoch => OrInfinity(epoch.Loss));

    /// <summary>The training loss after the last epoch; infinite where training diverged.</summary>
    public double FinalLoss => OrInfinity(Epochs[^1].Loss);

    /// <summary>The held-out loss after the last epoch.</summary>
    public double? HeldOutLoss => Epochs[^1].HeldOutLoss is double loss ? OrInfinity(loss) : null;

    /// <summary>The share of held-out rows named rightly after the last epoch.</summary>
    public double? HeldOutAccuracy => Epochs[^1].HeldOutAccuracy;

    /// <summary>True where the last loss is NaN or infinite.</summary>
    public bool Diverged => !double.IsFinite(Epochs[^1].Loss);

    /// <summary>Epochs until the training loss first lay below a threshold; infinite where it never did.</summary>
    public double EpochsTo(double threshold) =>
        Epochs.FirstOrDefault(epoch => epoch.Loss < threshold)?.Epoch ?? double.PositiveInfinity;

    private static double OrInfinity(double loss) => double.IsNaN(loss) ? double.PositiveInfinity : loss;
}
