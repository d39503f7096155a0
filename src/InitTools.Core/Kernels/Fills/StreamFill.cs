using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Fills;

/// <summary>
/// Fills memory with elements of a stream. Element i depends on the key, the law and i alone: blocks of words are made
/// for the elements asked for, and a block that is asked for in part is made whole in scratch memory.
/// </summary>
internal static class StreamFill
{
    // Words and numbers of a tile stay in the first-level cache together.
    private const int TileBlocks = 60;
    private const int TileWords = TileBlocks * PhiloxWords.WordsPerBlock;

    // The blocks of 2^32 counters: no run of words crosses a multiple.
    private const ulong BlocksPerRun = (1UL << 32) / PhiloxWords.CountersPerBlock;

    // Work is cut in chunks, of which a thread takes the next as soon as it is free: one that has to be woken comes
    // late, and the others have done more by then. What is no longer than the longest chunk stays on the calling
    // thread.
    private const int ChunkLength = 1 << 17;
    private const int SmallestChunk = 1 << 14;
    private const int ChunksPerThread = 8;

    // An element takes as long as some fused multiply-adds of a matrix product, by which work is measured.
    private const long MultiplyAddsPerElement = 32;

    /// <summary>Elements offset, offset + 1, ... on the calling thread.</summary>
    public static void Run<TElement, TLaw>(
        Kernel kernel, Span<TElement> destination, StreamKey key, ulong offset, TLaw law)
        where TElement : unmanaged
        where TLaw : struct, ILaw => Fill(kernel, destination, key, offset, law);

    /// <summary>Elements offset, offset + 1, ... on as many threads as the options allow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TElement, TLaw>(
        Kernel kernel, Memory<TElement> destination, StreamKey key, ulong offset, TLaw law, ParallelOptions options)
        where TElement : unmanaged
        where TLaw : struct, ILaw
    {
        options.CancellationToken.ThrowIfCancellationRequested();
        int length = destination.Length;
        if (length <= ChunkLength)
        {
            Fill(kernel, destination.Span, key, offset, law);
            return;
        }

        int share = length / (ParallelWork.Threads(options) * ChunksPerThread);
        int chunkLength = (Math.Clamp(share, SmallestChunk, ChunkLength) - 1) / TileWords * TileWords + TileWords;
        ParallelWork.ForEach(
            (length - 1) / chunkLength + 1,
            length * MultiplyAddsPerElement,
            options,
            new ChunkWork<TElement, TLaw>(kernel, destination, chunkLength, key, offset, law));
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Fill<TElement, TLaw>(
        Kernel kernel, Span<TElement> destination, StreamKey key, ulong offset, TLaw law)
        where TElement : unmanaged
        where TLaw : struct, ILaw
    {
        // A vector that crosses cache lines costs twice.
        const int Alignment = 64;
        byte* memory = stackalloc byte[((TileWords + PhiloxWords.Slack) * sizeof(uint)) + Alignment];
        uint* words = (uint*)(((nint)memory + Alignment - 1) & -Alignment);
        TElement* scratch = stackalloc TElement[PhiloxWords.WordsPerBlock];

        ulong blockLength = (ulong)BlockLength<TElement>();
        ulong block = offset / blockLength;
        int skipped = (int)(offset % blockLength);
        while (!destination.IsEmpty)
        {
            int wholeBlocks = skipped == 0 ? destination.Length / (int)blockLength : 0;
            if (wholeBlocks == 0)
            {
                MakeBlocks(kernel, words, ref *scratch, 1, block, key, law);
                int count = Math.Min((int)blockLength - skipped, destination.Length);
                new ReadOnlySpan<TElement>(scratch + skipped, count).CopyTo(destination);
                destination = destination[count..];
                skipped = 0;
                block++;
                continue;
            }

            int blocks = (int)Math.Min((ulong)Math.Min(wholeBlocks, TileBlocks), BlocksPerRun - (block % BlocksPerRun));
            MakeBlocks(kernel, words, ref MemoryMarshal.GetReference(destination), blocks, block, key, law);
            destination = destination[(blocks * (int)blockLength)..];
            block += (ulong)blocks;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void MakeBlocks<TElement, TLaw>(
        Kernel kernel, uint* words, ref TElement destination, int blocks, ulong block, StreamKey key, in TLaw law)
        where TElement : unmanaged
        where TLaw : struct, ILaw
    {
        ulong counter = block * PhiloxWords.CountersPerBlock;
        nint count = blocks * BlockLength<TElement>();
        void* fetched = Unsafe.AsPointer(ref destination);
        nint bytesPerCounter = BlockLength<TElement>() * sizeof(TElement) / PhiloxWords.CountersPerBlock;
        switch (kernel)
        {
            case Kernel.Vector512:
                PhiloxWords.Fill<Vector512Word>(ref *words, blocks, counter, key, fetched, bytesPerCounter);
                Transform<TElement, TLaw, Vector512Single, Vector512Double>(words, ref destination, count, law);
                break;
            case Kernel.Vector:
                PhiloxWords.Fill<VectorWord>(ref *words, blocks, counter, key, fetched, bytesPerCounter);
                Transform<TElement, TLaw, VectorSingle, VectorDouble>(words, ref destination, count, law);
                break;
            default:
                PhiloxWords.Fill<ScalarWord>(ref *words, blocks, counter, key, fetched, bytesPerCounter);
                Transform<TElement, TLaw, ScalarSingle, ScalarDouble>(words, ref destination, count, law);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Transform<TElement, TLaw, TSingle, TDouble>(
        uint* words, ref TElement destination, nint count, in TLaw law)
        where TElement : unmanaged
        where TLaw : struct, ILaw
        where TSingle : struct, ISingleLanes<TSingle>
        where TDouble : struct, ILanes<TDouble, double>
    {
        if (typeof(TElement) == typeof(double))
        {
            law.Transform<TDouble, TDouble, double>(
                ref *words, ref Unsafe.As<TElement, double>(ref destination), count);
            return;
        }

        if (typeof(TElement) == typeof(float))
        {
            law.Transform<TSingle, TDouble, float>(ref *words, ref Unsafe.As<TElement, float>(ref destination), count);
            return;
        }

        // The numbers take the place of their words, and are rounded from there.
        ref float numbers = ref *(float*)words;
        ref ushort patterns = ref Unsafe.As<TElement, ushort>(ref destination);
        law.Transform<TSingle, TDouble, float>(ref *words, ref numbers, count);
        if (typeof(TElement) == typeof(Half))
        {
            SixteenBitRounding.Round<TSingle, Float16Format>(ref numbers, ref patterns, count);
        }
        else if (typeof(TElement) == typeof(ushort))
        {
            SixteenBitRounding.Round<TSingle, BFloat16Format>(ref numbers, ref patterns, count);
        }
        else
        {
            throw new NotSupportedException($"Elements are float, double, Half or BFloat16, not {typeof(TElement)}.");
        }
    }

    private static int BlockLength<TElement>() =>
        typeof(TElement) == typeof(double) ? PhiloxWords.WordsPerBlock / 2 : PhiloxWords.WordsPerBlock;

    private readonly struct ChunkWork<TElement, TLaw>(
        Kernel kernel, Memory<TElement> destination, int chunkLength, StreamKey key, ulong offset, TLaw law)
        : IPieceWork
        where TElement : unmanaged
        where TLaw : struct, ILaw
    {
        public void Run(int piece)
        {
            int start = piece * chunkLength;
            Span<TElement> chunk = destination.Span.Slice(start, Math.Min(chunkLength, destination.Length - start));
            Fill(kernel, chunk, key, offset + (ulong)start, law);
        }
    }
}
