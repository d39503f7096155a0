namespace InitTools.Kernels;

/// <summary>
/// Memory that is needed after what a loop works on now. The loop brings it to the second-level cache on its way, a
/// little at each step: asked for all at once, it would keep the loop's own memory waiting.
/// </summary>
internal readonly unsafe struct MemoryAhead(byte* start, nint bytesPerStep)
{
    /// <summary>Where the memory begins.</summary>
    public byte* Start { get; } = start;

    /// <summary>How far one step of the loop comes.</summary>
    public nint BytesPerStep { get; } = bytesPerStep;
}
