using System.Runtime.InteropServices;

namespace InitTools;

/// <summary>Elements in an array, of which a copy is held.</summary>
internal sealed class ArrayElements : IElementReader
{
    private readonly byte[] _bytes;

    private ArrayElements(DType dtype, byte[] bytes)
    {
        DType = dtype;
        _bytes = bytes;
    }

    public DType DType { get; }

    public long Count => _bytes.Length / DTypes.SizeOf(DType);

    /// <summary>The elements of a one-dimensional array of float, double or Half.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: another type of elements, or more dimensions;
    /// <see cref="ErrorId.AllocationTooLarge"/>: more than 2 GiB.
    /// </exception>
    public static ArrayElements Of(Array values)
    {
        ArgumentNullException.ThrowIfNull(values);
        DType dtype = TypeOf(values);
        int size = DTypes.SizeOf(dtype);
        if (values.Length > Array.MaxLength / size)
        {
            throw new InitToolsException(
                ErrorId.AllocationTooLarge,
                FormattableString.Invariant($"The array has {values.Length} elements of {size} bytes; at most ")
                + FormattableString.Invariant($"{Array.MaxLength / size} are held. Read them from a file instead."),
                values.Length);
        }

        byte[] bytes = new byte[values.Length * size];
        switch (values)
        {
            case float[] singles:
                MemoryMarshal.AsBytes<float>(singles).CopyTo(bytes);
                break;
            case double[] doubles:
                MemoryMarshal.AsBytes<double>(doubles).CopyTo(bytes);
                break;
            default:
                MemoryMarshal.AsBytes<Half>((Half[])values).CopyTo(bytes);
                break;
        }

        return new ArrayElements(dtype, bytes);
    }

    /// <summary>The element type of an array.</summary>
    /// <inheritdoc cref="Of"/>
    public static DType TypeOf(Array values) => values switch
    {
        float[] => DType.Float32,
        double[] => DType.Float64,
        Half[] => DType.Float16,
        _ => throw new InitToolsException(
            ErrorId.InvalidArgument,
            $"Values of the type {values.GetType().Name} were given; a one-dimensional array of Single, Double or "
            + "Half is accepted.",
            values.GetType().Name),
    };

    public void Read(Memory<byte> destination, long start, ParallelOptions options) =>
        _bytes.AsMemory((int)start * DTypes.SizeOf(DType), destination.Length).CopyTo(destination);
}
