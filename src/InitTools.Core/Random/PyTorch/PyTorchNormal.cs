using System.Runtime.CompilerServices;
using InitTools.Kernels;

namespace InitTools;

/// <summary>
/// <c>normal_</c> of 16 elements and more. The tensor is filled with uniforms, and blocks of 16 of them are transformed
/// in place. Where 16 does not divide the number of elements, the last 16 are then made once more from 16 fresh
/// uniforms. The transformation is <see cref="NormalBlocksWork"/> or <see cref="DoubleNormalBlocksWork"/>.
/// </summary>
internal sealed class PyTorchNormal(PyTorchDraws draws, double mean, double deviation) : SequentialElements
{
    private const int BlockLength = NormalBlocksWork.BlockLength;

    // The first element of the block that is made from fresh uniforms, or where the tensor ends.
    private readonly long _tail = draws.Count % BlockLength == 0 ? draws.Count : draws.Count - BlockLength;

    private delegate void BlockMaker<T>(MersenneTwister twister, Span<T> blocks);

    protected override void Read(Span<float> destination, long start, CancellationToken cancellation) =>
        Read(destination, start, MakeBlocks, cancellation);

    protected override void Read(Span<double> destination, long start, CancellationToken cancellation) =>
        Read(destination, start, MakeBlocks, cancellation);

    protected override DrawPosition End(CancellationToken cancellation) =>
        draws.After(_tail == draws.Count ? draws.Count : draws.Count + BlockLength);

    private void Read<T>(Span<T> destination, long start, BlockMaker<T> makeBlocks, CancellationToken cancellation)
        where T : unmanaged
    {
        Span<T> scratch = stackalloc T[BlockLength];
        while (!destination.IsEmpty)
        {
            // A block begins at a multiple of 16, but for the tail, whose uniforms stand behind those of all elements.
            bool isTail = start >= _tail;
            int within = (int)(isTail ? start - _tail : start % BlockLength);
            MersenneTwister twister = draws.SeekNumber(isTail ? draws.Count : start - within, cancellation);
            int length = (int)Math.Min(destination.Length, isTail ? BlockLength - within : _tail - start);
            int whole = within == 0 ? length / BlockLength * BlockLength : 0;
            if (whole > 0)
            {
                length = whole;
                makeBlocks(twister, destination[..length]);
            }
            else
            {
                length = Math.Min(length, BlockLength - within);
                makeBlocks(twister, scratch);
                scratch.Slice(within, length).CopyTo(destination);
            }

            destination = destination[length..];
            start += length;
        }

        // The uniforms of the elements that the tail replaces are drawn all the same.
        draws.Leave();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MakeBlocks(MersenneTwister twister, Span<float> blocks)
    {
        while (!blocks.IsEmpty)
        {
            int length = Math.Min(blocks.Length, MersenneTwister.MaximumTake);
            NormalBlocksWork work = new(twister.Take(length), blocks[..length], (float)mean, (float)deviation);
            LaneDispatch.Run<NormalBlocksWork, float>(ref work);
            blocks = blocks[length..];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MakeBlocks(MersenneTwister twister, Span<double> blocks)
    {
        while (!blocks.IsEmpty)
        {
            Span<double> tile = blocks[..Math.Min(blocks.Length, MersenneTwister.MaximumTake / 2)];
            PyTorchUniform.FillFractions(twister, tile);
            DoubleNormalBlocksWork work = new(tile, mean, deviation);
            LaneDispatch.Run<DoubleNormalBlocksWork, double>(ref work);
            blocks = blocks[tile.Length..];
        }
    }
}
