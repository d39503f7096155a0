using System.Runtime.InteropServices;

namespace InitTools;

/// <summary>
/// Elements of a reader, in the type that a tensor asks for. In the reader's own type they are the same bits; widening
/// is exact, narrowing rounds once, to nearest, ties to even.
/// </summary>
/// <param name="elements">The reader, found where values are asked for.</param>
internal sealed class HeldElements(Lazy<IElementReader> elements) : IElementSource
{
    private const int ChunkLength = 1 << 16;

    public void Fill(Memory<float> destination, long offset, ParallelOptions options) =>
        Fill(destination, DType.Float32, offset, options, x => x, Narrowing.ToSingle);

    public void Fill(Memory<double> destination, long offset, ParallelOptions options) =>
        Fill(destination, DType.Float64, offset, options, x => x, x => x);

    public void Fill(Memory<Half> destination, long offset, ParallelOptions options) =>
        Fill(destination, DType.Float16, offset, options, x => Narrowing.ToHalf(x), Narrowing.ToHalf);

    public void FillBFloat16(Memory<ushort> destination, long offset, ParallelOptions options) =>
        Fill(destination, DType.BFloat16, offset, options, x => Narrowing.ToBFloat16(x), Narrowing.ToBFloat16);

    private void Fill<T>(
        Memory<T> destination,
        DType dtype,
        long offset,
        ParallelOptions options,
        Func<float, T> ofSingle,
        Func<double, T> ofDouble)
        where T : unmanaged
    {
        IElementReader reader = elements.Value;
        int length = Math.Min(ChunkLength, destination.Length);
        byte[] chunk = new byte[length * Math.Max(DTypes.SizeOf(reader.DType), DTypes.SizeOf(dtype))];
        for (int done = 0; done < destination.Length; done += length)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            Span<T> target = destination.Span.Slice(done, Math.Min(length, destination.Length - done));
            Memory<byte> bytes = chunk.AsMemory(0, target.Length * DTypes.SizeOf(reader.DType));
            reader.Read(bytes, offset + done, options);
            if (reader.DType == dtype)
            {
                bytes.Span.CopyTo(MemoryMarshal.AsBytes(target));
            }
            else if (reader.DType == DType.Float64)
            {
                Convert(MemoryMarshal.Cast<byte, double>(bytes.Span), target, ofDouble);
            }
            else if (reader.DType == DType.Float32)
            {
                Convert(MemoryMarshal.Cast<byte, float>(bytes.Span), target, ofSingle);
            }
            else if (reader.DType == DType.Float16)
            {
                Convert(MemoryMarshal.Cast<byte, Half>(bytes.Span), target, x => ofSingle((float)x));
            }
            else
            {
                Convert(MemoryMarshal.Cast<byte, ushort>(bytes.Span), target, x => ofSingle(BFloat16Bits.Widen(x)));
            }
        }
    }

    private static void Convert<TSource, TTarget>(
        ReadOnlySpan<TSource> source, Span<TTarget> target, Func<TSource, TTarget> convert)
    {
        for (int i = 0; i < source.Length; i++)
        {
            target[i] = convert(source[i]);
        }
    }
}
