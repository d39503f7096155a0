using System.Runtime.CompilerServices;
using InitTools.Kernels.Fills;

namespace InitTools;

/// <summary>Elements of a law and a stream of <see cref="Philox4x32"/>.</summary>
internal sealed class StreamElements(SelectedDistribution law, StreamKey key) : IElementSource
{
    public StreamElements(Distribution distribution, StreamKey key)
        : this(new SelectedDistribution(distribution), key)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(Memory<float> destination, long offset, ParallelOptions options) =>
        law.Singles.Draw(new FillRequest<float>(destination, key, offset, options));

    public void Fill(Memory<double> destination, long offset, ParallelOptions options) =>
        law.Doubles.Draw(new FillRequest<double>(destination, key, offset, options));

    public void Fill(Memory<Half> destination, long offset, ParallelOptions options) =>
        law.Halves.Draw(new FillRequest<Half>(destination, key, offset, options));

    public void FillBFloat16(Memory<ushort> destination, long offset, ParallelOptions options) =>
        law.BFloat16s.Draw(new FillRequest<ushort>(destination, key, offset, options));
}
