namespace InitTools;

/// <summary>
/// Elements of another source times a factor: multiplied in Float64 and rounded once to the type asked for, the narrow
/// types from the source's Float32 elements.
/// </summary>
internal sealed class ScaledElements(IElementSource source, double factor) : IElementSource
{
    private const int ChunkLength = 1 << 16;

    public void Fill(Memory<float> destination, long offset, ParallelOptions options)
    {
        source.Fill(destination, offset, options);
        Span<float> elements = destination.Span;
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = Narrowing.ToSingle(elements[i] * factor);
        }
    }

    public void Fill(Memory<double> destination, long offset, ParallelOptions options)
    {
        source.Fill(destination, offset, options);
        Span<double> elements = destination.Span;
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] *= factor;
        }
    }

    public void Fill(Memory<Half> destination, long offset, ParallelOptions options) =>
        Fill(destination, offset, options, Narrowing.ToHalf);

    public void FillBFloat16(Memory<ushort> destination, long offset, ParallelOptions options) =>
        Fill(destination, offset, options, Narrowing.ToBFloat16);

    private void Fill<T>(Memory<T> destination, long offset, ParallelOptions options, Func<double, T> round)
    {
        float[] chunk = new float[Math.Min(ChunkLength, destination.Length)];
        for (int done = 0; done < destination.Length; done += chunk.Length)
        {
            Memory<float> part = chunk.AsMemory(0, Math.Min(chunk.Length, destination.Length - done));
            source.Fill(part, offset + done, options);
            ReadOnlySpan<float> elements = part.Span;
            Span<T> target = destination.Span.Slice(done, part.Length);
            for (int i = 0; i < elements.Length; i++)
            {
                target[i] = round(elements[i] * factor);
            }
        }
    }
}
