using System.Runtime.InteropServices;

namespace InitTools;

/// <summary>
/// Elements of an array whose axes are taken in the opposite order: element (i, j, k) is element (k, j, i) of the
/// source. It reads a block of the source's last axis at a time, so that memory does not grow with the array, and holds
/// the block for whoever reads on.
/// </summary>
/// <param name="source">The elements in row-major order of <paramref name="dimensions"/>.</param>
/// <param name="dimensions">The dimensions of the source, outermost first.</param>
public sealed class AxisReversal(IElementReader source, IReadOnlyList<long> dimensions) : IElementReader
{
    // An array below this is read whole, once.
    private const long BlockBytes = 1 << 25;
    private const int ReadBytes = 1 << 20;

    private readonly Lock _lock = new();
    private readonly WeakReference<Block> _block = new(null!);

    /// <inheritdoc/>
    public DType DType => source.DType;

    /// <inheritdoc/>
    public long Count => source.Count;

    /// <inheritdoc/>
    public void Read(Memory<byte> destination, long start, ParallelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        int size = DTypes.SizeOf(DType);
        long rows = Count / dimensions[^1];
        long first = start * size;
        while (destination.Length > 0)
        {
            Block block = BlockOf(first / size / rows, rows, size, options);
            int position = (int)(first - block.First * rows * size);
            int length = Math.Min(destination.Length, block.Bytes.Length - position);
            block.Bytes.AsMemory(position, length).CopyTo(destination);
            destination = destination[length..];
            first += length;
        }
    }

    private Block BlockOf(long column, long rows, int size, ParallelOptions options)
    {
        lock (_lock)
        {
            if (!_block.TryGetTarget(out Block? block) || !block.Holds(column, rows * size))
            {
                block = ReadBlock(column, rows, size, options);
                _block.SetTarget(block);
            }

            return block;
        }
    }

    private Block ReadBlock(long column, long rows, int size, ParallelOptions options)
    {
        long columns = dimensions[^1];
        long most = Math.Clamp(BlockBytes / (rows * size), 1, columns);
        long first = column / most * most;
        int width = (int)Math.Min(most, columns - first);
        if (rows * width * size > Array.MaxLength)
        {
            throw new InitToolsException(
                ErrorId.AllocationTooLarge,
                FormattableString.Invariant($"Turning the axes of {string.Join('x', dimensions)} takes ")
                + FormattableString.Invariant($"{rows * width * size} bytes at once; at most {Array.MaxLength} are."),
                Count);
        }

        // Whole rows lie one behind the other and are read together; parts of rows are read one by one.
        int rowBytes = width * size;
        int together = width == columns ? (int)Math.Clamp(ReadBytes / rowBytes, 1, rows) : 1;
        byte[] block = new byte[rows * rowBytes];
        byte[] read = new byte[together * rowBytes];
        var places = new ReversedPlaces(dimensions);
        for (long row = 0; row < rows; row += together)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            int taken = (int)Math.Min(together, rows - row);
            source.Read(read.AsMemory(0, taken * rowBytes), row * columns + first, options);
            for (int i = 0; i < taken; i++)
            {
                ReadOnlySpan<byte> part = read.AsSpan(i * rowBytes, rowBytes);
                int place = (int)places.Next();
                switch (size)
                {
                    case sizeof(ushort):
                        Scatter<ushort>(part, block, place, (int)rows);
                        break;
                    case sizeof(uint):
                        Scatter<uint>(part, block, place, (int)rows);
                        break;
                    default:
                        Scatter<ulong>(part, block, place, (int)rows);
                        break;
                }
            }
        }

        return new Block(first, block);
    }

    private static void Scatter<T>(ReadOnlySpan<byte> row, Span<byte> block, int place, int step)
        where T : unmanaged
    {
        ReadOnlySpan<T> source = MemoryMarshal.Cast<byte, T>(row);
        Span<T> target = MemoryMarshal.Cast<byte, T>(block);
        for (int i = 0; i < source.Length; i++)
        {
            target[place + i * step] = source[i];
        }
    }

    private sealed record Block(long First, byte[] Bytes)
    {
        public bool Holds(long column, long columnBytes) =>
            column >= First && column < First + Bytes.Length / columnBytes;
    }

    /// <summary>For each place of the outer axes in row-major order, its place once they are reversed.</summary>
    private struct ReversedPlaces
    {
        private readonly long[] _index;
        private readonly long[] _dimensions;
        private readonly long[] _strides;
        private long _place;

        public ReversedPlaces(IReadOnlyList<long> dimensions)
        {
            _dimensions = [.. dimensions.Take(dimensions.Count - 1)];
            _index = new long[_dimensions.Length];
            _strides = new long[_dimensions.Length];
            long stride = 1;
            for (int axis = 0; axis < _dimensions.Length; axis++)
            {
                _strides[axis] = stride;
                stride *= _dimensions[axis];
            }
        }

        public long Next()
        {
            long place = _place;
            for (int axis = _index.Length - 1; axis >= 0; axis--)
            {
                _place += _strides[axis];
                if (++_index[axis] < _dimensions[axis])
                {
                    break;
                }

                _place -= _strides[axis] * _dimensions[axis];
                _index[axis] = 0;
            }

            return place;
        }
    }
}
