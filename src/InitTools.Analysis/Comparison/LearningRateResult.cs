namespace InitTools.Analysis;

/// <summary>
/// How training one candidate with one learning rate went, over all seeds. Losses are medians over the seeds; a seed
/// that diverged counts as Infinity.
/// </summary>
public sealed class LearningRateResult
{
    private readonly EpochLoss[] _lossCurve;

    internal LearningRateResult(string initializer, IReadOnlyList<TrainingRun> runs, double lossThreshold)
    {
        Initializer = initializer;
        LearningRate = runs[0].LearningRate;
        InitialLoss = Median.Of(runs.Select(run => run.InitialLoss));
        LowestLoss = Median.Of(runs.Select(run => run.LowestLoss));
        FinalLoss = Median.Of(runs.Select(run => run.FinalLoss));
        HeldOutLoss = MedianOrNull(runs.Select(run => run.HeldOutLoss));
        HeldOutAccuracy = MedianOrNull(runs.Select(run => run.HeldOutAccuracy));
        double epochs = Median.Of(runs.Select(run => run.EpochsTo(lossThreshold)));
        EpochsToThreshold = double.IsFinite(epochs) ? epochs : null;
        Diverged = runs.Count(run => run.Diverged);
        _lossCurve = [.. runs.SelectMany(run => run.Epochs)];
    }

    /// <summary>The candidate's expression.</summary>
    public string Initializer { get; }

    /// <summary>The step size.</summary>
    public double LearningRate { get; }

    /// <summary>Training loss before the first step.</summary>
    public double InitialLoss { get; }

    /// <summary>The lowest training loss of any epoch.</summary>
    public double LowestLoss { get; }

    /// <summary>Training loss after the last epoch.</summary>
    public double FinalLoss { get; }

    /// <summary>Held-out loss after the last epoch; empty without held-out rows.</summary>
    public double? HeldOutLoss { get; }

    /// <summary>
    /// The share of held-out rows named rightly after the last epoch; empty without held-out rows or classes.
    /// </summary>
    public double? HeldOutAccuracy { get; }

    /// <summary>
    /// Epochs until the training loss first lay below the threshold; empty where half of the seeds or more never got
    /// there.
    /// </summary>
    public double? EpochsToThreshold { get; }

    /// <summary>Seeds whose training ended in a loss that is NaN or infinite.</summary>
    public int Diverged { get; }

    /// <summary>The state of every seed after every epoch, epoch 0 before the first step, seed by seed.</summary>
    public IReadOnlyList<EpochLoss> LossCurve() => _lossCurve;

    private static double? MedianOrNull(IEnumerable<double?> values)
    {
        double[] present = [.. values.OfType<double>()];
        return present.Length == 0 ? null : Median.Of(present);
    }
}
