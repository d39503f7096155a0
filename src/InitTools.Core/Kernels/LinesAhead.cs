namespace InitTools.Kernels;

/// <summary>Lines of the cache that a loop asks for on its way, one at each turn.</summary>
/// <param name="first">An address in the first line.</param>
/// <param name="stride">Bytes from one to the next.</param>
internal readonly unsafe struct LinesAhead(byte* first, nint stride)
{
    public byte* First { get; } = first;

    public nint Stride { get; } = stride;
}
