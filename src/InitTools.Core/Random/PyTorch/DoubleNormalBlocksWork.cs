using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using InitTools.Kernels;
using InitTools.Kernels.Elementary;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// PyTorch's <c>normal_</c> in float64 for 16 elements and more, over the uniforms of the blocks: the formula of
/// <see cref="NormalBlocksWork"/> with the functions of the C library, which are here correctly rounded.
/// </summary>
internal readonly ref struct DoubleNormalBlocksWork(Span<double> blocks, double mean, double deviation) : ILaneWork
{
    private const int BlockLength = NormalBlocksWork.BlockLength;
    private const int HalfBlock = BlockLength / 2;

    private readonly Span<double> _blocks = blocks;
    private readonly double _mean = mean;
    private readonly double _deviation = deviation;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Run<TLanes, TTail, TElement>()
        where TLanes : struct, ILanes<TLanes, TElement>
        where TTail : struct, ILanes<TTail, TElement>
        where TElement : unmanaged
    {
        ref TElement elements = ref Unsafe.As<double, TElement>(ref MemoryMarshal.GetReference(_blocks));
        TLanes mean = TLanes.Create(_mean);
        TLanes deviation = TLanes.Create(_deviation);
        for (nint i = 0; i < _blocks.Length; i += BlockLength)
        {
            for (nint j = i; j < i + HalfBlock; j += TLanes.Count)
            {
                TLanes u = TLanes.Create(1.0) - TLanes.Load(ref elements, j);
                TLanes angle = TLanes.Create(2 * Math.PI) * TLanes.Load(ref elements, j + HalfBlock);
                TLanes radius = TLanes.Sqrt(TLanes.Create(-2.0) * CorrectlyRounded.Log(u));
                (TLanes sine, TLanes cosine) = CorrectlyRounded.SinCos(angle);
                TLanes.Store(TLanes.FusedMultiplyAdd(radius * cosine, deviation, mean), ref elements, j);
                TLanes.Store(TLanes.FusedMultiplyAdd(radius * sine, deviation, mean), ref elements, j + HalfBlock);
            }
        }
    }
}
