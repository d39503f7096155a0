namespace InitTools;

/// <summary>
/// Elements that come from elsewhere, such as a file, and are read in chunks when they are asked for. Readers are safe
/// for several threads at once.
/// </summary>
public interface IElementReader
{
    /// <summary>The type in which the elements are given.</summary>
    public DType DType { get; }

    /// <summary>The number of elements.</summary>
    public long Count { get; }

    /// <summary>Elements start, start + 1, ... in row-major order, each little-endian in its own type.</summary>
    /// <param name="destination">Where they go: a whole number of elements.</param>
    /// <param name="start">The first element.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InvalidDataException">They cannot be had as they were described.</exception>
    public void Read(Memory<byte> destination, long start, ParallelOptions options);
}
