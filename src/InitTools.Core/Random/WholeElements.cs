namespace InitTools;

/// <summary>
/// Elements of a tensor that can only be made whole, such as an orthogonal matrix. They are made at the first request,
/// once for each precision, and held while the tensor lives; slices and narrow types come from what is held.
/// </summary>
/// <param name="count">The number of elements of the whole tensor.</param>
internal abstract class WholeElements(long count) : IElementSource
{
    private readonly Lock _lock = new();
    private float[]? _singles;
    private double[]? _doubles;

    public void Fill(Memory<float> destination, long offset, ParallelOptions options) =>
        Singles(options).AsSpan((int)offset, destination.Length).CopyTo(destination.Span);

    public void Fill(Memory<double> destination, long offset, ParallelOptions options)
    {
        lock (_lock)
        {
            _doubles ??= Made<double>(Make, options);
        }

        _doubles.AsSpan((int)offset, destination.Length).CopyTo(destination.Span);
    }

    public void Fill(Memory<Half> destination, long offset, ParallelOptions options)
    {
        ReadOnlySpan<float> source = Singles(options).AsSpan((int)offset, destination.Length);
        for (int i = 0; i < source.Length; i++)
        {
            destination.Span[i] = (Half)source[i];
        }
    }

    public void FillBFloat16(Memory<ushort> destination, long offset, ParallelOptions options)
    {
        ReadOnlySpan<float> source = Singles(options).AsSpan((int)offset, destination.Length);
        for (int i = 0; i < source.Length; i++)
        {
            destination.Span[i] = BFloat16Bits.Round(source[i]);
        }
    }

    /// <summary>
    /// All elements in row-major order, in Float32 arithmetic; what was in the memory before is anything.
    /// </summary>
    protected abstract void Make(Memory<float> destination, ParallelOptions options);

    /// <summary>The same in Float64 arithmetic: numbers of their own, not the Float32 ones widened.</summary>
    protected abstract void Make(Memory<double> destination, ParallelOptions options);

    private float[] Singles(ParallelOptions options)
    {
        lock (_lock)
        {
            return _singles ??= Made<float>(Make, options);
        }
    }

    private T[] Made<T>(Action<Memory<T>, ParallelOptions> make, ParallelOptions options)
    {
        if (count > Array.MaxLength)
        {
            throw new InitToolsException(
                ErrorId.AllocationTooLarge,
                FormattableString.Invariant($"The tensor has {count} elements and can only be made whole; ")
                + FormattableString.Invariant($"at most {Array.MaxLength} are accepted."),
                count);
        }

        // Memory is first touched as elements are made, piece by piece, so that a gigabyte of it can be cancelled.
        T[] values = GC.AllocateUninitializedArray<T>((int)count);
        make(values, options);
        return values;
    }
}
