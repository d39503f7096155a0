namespace InitTools;

/// <summary>
/// What a stream's numbers are for. It is part of the stream's name, so that a layer called "batch" cannot meet the
/// batch. All purposes stand here and in docs/reproducibility.md.
/// </summary>
/// <param name="Text">The bytes that go into the stream's name.</param>
public readonly record struct StreamPurpose(string Text)
{
    /// <summary>The values of weight and bias tensors.</summary>
    public static StreamPurpose Weights { get; } = new("weights");

    /// <summary>The rows of a drawn input batch, and which rows of the data make the batch.</summary>
    public static StreamPurpose Batch { get; } = new("batch");

    /// <summary>A drawn gradient with respect to the output.</summary>
    public static StreamPurpose Gradient { get; } = new("gradient");

    /// <summary>The order of training rows, by epoch, and the rows held out.</summary>
    public static StreamPurpose Shuffle { get; } = new("shuffle");

    /// <summary>
    /// The same purpose in a repetition with other numbers: "replicate r" after the text. Replicate 0 is the purpose
    /// itself, so that the first of several seeds repeats what a single run with that seed gives.
    /// </summary>
    public StreamPurpose Replicate(int replicate) =>
        replicate == 0 ? this : new StreamPurpose($"{Text} replicate {replicate}");

    /// <inheritdoc/>
    public override string ToString() => Text;
}
