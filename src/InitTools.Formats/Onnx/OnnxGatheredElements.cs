using System.Buffers.Binary;

namespace InitTools.Formats;

/// <summary>
/// Values that stand in a field of numbers in such a way that element i has no place to be told: 16-bit ones, each of
/// which is a number of one to three bytes, or ones that do not follow one another. They are gathered at the first
/// read, and held as long as there is memory.
/// </summary>
/// <param name="model">The file.</param>
/// <param name="start">Where the tensor begins in it.</param>
/// <param name="end">Where the tensor ends.</param>
/// <param name="field">The field of the tensor.</param>
/// <param name="dtype">The type of the values.</param>
/// <param name="count">How many they are.</param>
internal sealed class OnnxGatheredElements(
    FileIdentity model, long start, long end, int field, DType dtype, long count) : IElementReader
{
    private readonly Lock _lock = new();
    private readonly WeakReference<byte[]> _gathered = new(null!);

    public DType DType => dtype;

    public long Count => count;

    public void Read(Memory<byte> destination, long start, ParallelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.CancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (!_gathered.TryGetTarget(out byte[]? bytes))
            {
                bytes = Gather();
                _gathered.SetTarget(bytes);
            }

            bytes.AsMemory((int)start * DTypes.SizeOf(dtype), destination.Length).CopyTo(destination);
        }
    }

    private byte[] Gather()
    {
        int size = DTypes.SizeOf(dtype);
        if (count > Array.MaxLength / size)
        {
            throw new InitToolsException(
                ErrorId.AllocationTooLarge,
                $"The tensor has {count} elements that are stored as single numbers; at most {Array.MaxLength / size} "
                + "of them are read.",
                count);
        }

        using FileStream stream = model.OpenUnchanged();
        var reader = new ProtobufReader(stream) { Position = start };
        var message = new ProtobufMessage("TensorProto", end);
        byte[] bytes = new byte[count * size];
        int filled = 0;
        while (reader.TryReadField(message, out int found))
        {
            if (found != field)
            {
                reader.Skip();
            }
            else if (field == OnnxField.Int32Data)
            {
                foreach (long number in reader.ReadInt64s())
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(filled), BitsOf(number, reader));
                    filled += sizeof(ushort);
                }
            }
            else
            {
                (long first, long numbers) = reader.SkipNumbers(size);
                stream.Position = first;
                stream.ReadExactly(bytes.AsSpan(filled, (int)numbers * size));
                filled += (int)numbers * size;
            }
        }

        return bytes;
    }

    private static ushort BitsOf(long number, ProtobufReader reader) => number is >= 0 and <= ushort.MaxValue
        ? (ushort)number
        : throw reader.Malformed($"the number {number} is no 16 bits");
}
