namespace InitTools;

/// <summary>Makes the elements of one tensor, in the precision of its element type.</summary>
internal interface IElementSource
{
    /// <summary>Elements <paramref name="offset"/>, offset + 1, ... of the tensor.</summary>
    public void Fill(Memory<float> destination, long offset, ParallelOptions options);

    /// <inheritdoc cref="Fill(Memory{float}, long, ParallelOptions)"/>
    public void Fill(Memory<double> destination, long offset, ParallelOptions options);

    /// <inheritdoc cref="Fill(Memory{float}, long, ParallelOptions)"/>
    public void Fill(Memory<Half> destination, long offset, ParallelOptions options);

    /// <inheritdoc cref="Fill(Memory{float}, long, ParallelOptions)"/>
    public void FillBFloat16(Memory<ushort> destination, long offset, ParallelOptions options);
}
