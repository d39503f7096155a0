using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels;

/// <summary>
/// Sums in eight virtual lanes of doubles: as many as the widest vector holds, so that every kernel adds the same
/// numbers in the same order.
/// </summary>
internal static class VirtualLanes
{
    /// <summary>The number of lanes.</summary>
    public const int Count = 8;

    /// <summary>The sum of eight lanes: lanes[i] += lanes[i + half] for half = 4, 2, 1.</summary>
    public static double SumByHalves(ReadOnlySpan<double> lanes) =>
        ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));

    /// <summary>Elements as doubles; float32 is widened.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Load<T, TLanes, TElement>(ref T source, nint offset)
        where T : unmanaged
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged => typeof(T) == typeof(float)
        ? TLanes.LoadWidened(ref Unsafe.As<T, float>(ref source), offset)
        : TLanes.Load(ref Unsafe.As<T, TElement>(ref source), offset);
}
