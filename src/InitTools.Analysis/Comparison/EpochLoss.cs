namespace InitTools.Analysis;

/// <summary>A trained candidate's state after one epoch of one seed.</summary>
public sealed class EpochLoss
{
    internal EpochLoss()
    {
    }

    /// <summary>The candidate's expression.</summary>
    public string Initializer { get; internal init; } = "";

    /// <summary>The step size.</summary>
    public double LearningRate { get; internal init; }

    /// <summary>Which of the seeds, from 0: the replicate in the streams' purposes.</summary>
    public int Replicate { get; internal init; }

    /// <summary>Epochs done; 0 before the first step.</summary>
    public int Epoch { get; internal init; }

    /// <summary>The mean loss over all training rows; a cross-entropy is in nats.</summary>
    public double Loss { get; internal init; }

    /// <summary>The mean loss over the held-out rows; empty without them.</summary>
    public double? HeldOutLoss { get; internal init; }

    /// <summary>
    /// The share of held-out rows named rightly; empty without them, or where targets are no classes.
    /// </summary>
    public double? HeldOutAccuracy { get; internal init; }
}
