namespace InitTools;

/// <summary>The elements of a tensor, whole or a slice, as a reader gives them.</summary>
/// <param name="source">The elements of the whole tensor.</param>
/// <param name="dtype">Their type.</param>
/// <param name="offset">The first element.</param>
/// <param name="count">The number of elements.</param>
internal sealed class TensorElements(IElementSource source, DType dtype, long offset, long count) : IElementReader
{
    public DType DType => dtype;

    public long Count => count;

    public void Read(Memory<byte> destination, long start, ParallelOptions options)
    {
        switch (dtype)
        {
            case DType.Float32:
                Read<float>(source.Fill, destination, start, options);
                break;
            case DType.Float64:
                Read<double>(source.Fill, destination, start, options);
                break;
            case DType.Float16:
                Read<Half>(source.Fill, destination, start, options);
                break;
            default:
                Read<ushort>(source.FillBFloat16, destination, start, options);
                break;
        }
    }

    private void Read<T>(
        Action<Memory<T>, long, ParallelOptions> fill, Memory<byte> destination, long start, ParallelOptions options)
        where T : unmanaged
    {
        using var elements = new ElementMemory<T>(destination);
        fill(elements.Memory, offset + start, options);
    }
}
