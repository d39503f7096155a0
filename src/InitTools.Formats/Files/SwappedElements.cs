using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace InitTools.Formats;

/// <summary>Elements that are stored big-endian, each turned round as it is read.</summary>
/// <param name="source">The elements as they are stored.</param>
internal sealed class SwappedElements(IElementReader source) : IElementReader
{
    public DType DType => source.DType;

    public long Count => source.Count;

    public void Read(Memory<byte> destination, long start, ParallelOptions options)
    {
        source.Read(destination, start, options);
        Span<byte> bytes = destination.Span;
        switch (DTypes.SizeOf(DType))
        {
            case sizeof(ushort):
                Span<ushort> halves = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(halves, halves);
                break;
            case sizeof(uint):
                Span<uint> singles = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(singles, singles);
                break;
            default:
                Span<ulong> doubles = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(doubles, doubles);
                break;
        }
    }
}
