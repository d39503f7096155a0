using InitTools.Kernels;

namespace InitTools;

/// <summary>
/// U[minimum, maximum): mean (minimum + maximum) / 2, variance (maximum - minimum)^2 / 12, kurtosis 1.8.
/// </summary>
public sealed record UniformDistribution(double Minimum, double Maximum) : Distribution
{
    /// <inheritdoc/>
    public override double Mean => (Minimum + Maximum) / 2;

    /// <inheritdoc/>
    public override double Variance => (Maximum - Minimum) * (Maximum - Minimum) / 12;

    /// <inheritdoc/>
    public override double? Limit => Math.Max(Math.Abs(Minimum), Math.Abs(Maximum));

    // The width of the range is a factor of its own.
    internal override double Reach => Math.Max(Limit!.Value, Maximum - Minimum);

    /// <inheritdoc/>
    public override void Fill(Memory<float> destination, StreamKey key, long offset, ParallelOptions options) =>
        RandomFill.Uniform(destination, key, offset, Minimum, Maximum, options);

    /// <inheritdoc/>
    public override void Fill(Memory<double> destination, StreamKey key, long offset, ParallelOptions options) =>
        RandomFill.Uniform(destination, key, offset, Minimum, Maximum, options);

    /// <inheritdoc/>
    public override void Fill(Memory<Half> destination, StreamKey key, long offset, ParallelOptions options) =>
        RandomFill.Uniform(destination, key, offset, Minimum, Maximum, options);

    /// <inheritdoc/>
    public override void FillBFloat16(
        Memory<ushort> destination, StreamKey key, long offset, ParallelOptions options) =>
        RandomFill.UniformBFloat16(destination, key, offset, Minimum, Maximum, options);
}
