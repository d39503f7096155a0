namespace InitTools;

/// <summary>
/// Elements that are those of other sources in other places. Each keeps the rounding, and the bounds, of the element
/// type that its source gives it.
/// </summary>
internal abstract class DerivedElements : IElementSource
{
    public void Fill(Memory<float> destination, long offset, ParallelOptions options) =>
        Fill(destination, offset, (source, part, start) => source.Fill(part, start, options), options);

    public void Fill(Memory<double> destination, long offset, ParallelOptions options) =>
        Fill(destination, offset, (source, part, start) => source.Fill(part, start, options), options);

    public void Fill(Memory<Half> destination, long offset, ParallelOptions options) =>
        Fill(destination, offset, (source, part, start) => source.Fill(part, start, options), options);

    public void FillBFloat16(Memory<ushort> destination, long offset, ParallelOptions options) =>
        Fill(destination, offset, (source, part, start) => source.FillBFloat16(part, start, options), options);

    /// <summary>Elements of one type, which <paramref name="fill"/> makes from a source.</summary>
    protected abstract void Fill<T>(
        Memory<T> destination, long offset, SourceFill<T> fill, ParallelOptions options);

    /// <summary>Elements of a source from one on, in one element type.</summary>
    protected delegate void SourceFill<T>(IElementSource source, Memory<T> destination, long offset);
}
