namespace InitTools;

/// <summary>Elements of a law and a stream of <see cref="Philox4x32"/>.</summary>
internal sealed class StreamElements(Distribution distribution, StreamKey key) : IElementSource
{
    public void Fill(Memory<float> destination, long offset, ParallelOptions options) =>
        distribution.Fill(destination, key, offset, options);

    public void Fill(Memory<double> destination, long offset, ParallelOptions options) =>
        distribution.Fill(destination, key, offset, options);

    public void Fill(Memory<Half> destination, long offset, ParallelOptions options) =>
        distribution.Fill(destination, key, offset, options);

    public void FillBFloat16(Memory<ushort> destination, long offset, ParallelOptions options) =>
        distribution.FillBFloat16(destination, key, offset, options);
}
