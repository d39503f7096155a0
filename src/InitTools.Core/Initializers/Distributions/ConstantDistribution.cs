namespace InitTools;

/// <summary>Every weight is <paramref name="Value"/>: mean Value, variance 0.</summary>
public sealed record ConstantDistribution(double Value) : Distribution
{
    /// <inheritdoc/>
    public override double Mean => Value;

    /// <inheritdoc/>
    public override double Variance => 0;

    /// <inheritdoc/>
    public override double? Limit => Math.Abs(Value);

    internal override double Reach => Math.Abs(Value);

    /// <inheritdoc/>
    public override void Fill(Memory<float> destination, StreamKey key, long offset, ParallelOptions options) =>
        destination.Span.Fill((float)Value);

    /// <inheritdoc/>
    public override void Fill(Memory<double> destination, StreamKey key, long offset, ParallelOptions options) =>
        destination.Span.Fill(Value);

    /// <inheritdoc/>
    public override void Fill(Memory<Half> destination, StreamKey key, long offset, ParallelOptions options) =>
        destination.Span.Fill((Half)(float)Value);

    /// <inheritdoc/>
    public override void FillBFloat16(
        Memory<ushort> destination, StreamKey key, long offset, ParallelOptions options) =>
        destination.Span.Fill(BFloat16Bits.Round((float)Value));
}
