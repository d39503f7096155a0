namespace InitTools.Analysis;

/// <summary>Standardized rows and their classes, those trained on and those held out.</summary>
internal sealed class TrainingData(DataSet training, int[] labels, DataSet? heldOut, int[] heldOutLabels)
{
    /// <summary>Training rows, feature-major: a column of all rows after another.</summary>
    public float[] Inputs { get; } = training.ToFeatureMajor<float>();

    /// <summary>The class of each training row.</summary>
    public int[] Labels { get; } = labels;

    /// <summary>Held-out rows, feature-major; empty without any.</summary>
    public float[] HeldOutInputs { get; } = heldOut?.ToFeatureMajor<float>() ?? [];

    /// <summary>The class of each held-out row.</summary>
    public int[] HeldOutLabels { get; } = heldOutLabels;
}
