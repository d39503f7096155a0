using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels;

/// <summary>
/// What reductions share: numbers of either precision are summed as doubles in <see cref="VirtualLanes"/> sums, element
/// i in sum i mod 32 whatever the width of the vectors, and the sums are then combined by halves.
/// </summary>
internal static class DoubleSums
{
    /// <summary>The number of sums.</summary>
    public const int VirtualLanes = 32;

    /// <summary>lanes[i] += lanes[i + half] for half = 16, 8, 4, 2, 1; the total is the first.</summary>
    public static double ByHalves<TLanes, TElement>(Span<double> lanes)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged
    {
        // A vector of lanes at a time, as long as half has one.
        ref TElement first = ref Unsafe.As<double, TElement>(ref MemoryMarshal.GetReference(lanes));
        int half = VirtualLanes / 2;
        for (; half >= TLanes.Count; half /= 2)
        {
            for (int i = 0; i < half; i += TLanes.Count)
            {
                TLanes.Store(TLanes.Load(ref first, i) + TLanes.Load(ref first, i + half), ref first, i);
            }
        }

        for (; half > 0; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                lanes[i] += lanes[i + half];
            }
        }

        return lanes[0];
    }

    /// <summary>A float or a double as a double.</summary>
    public static double ToDouble<T>(T value)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(value) : Unsafe.BitCast<T, double>(value);

    /// <summary>The elements from the offset on as doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Load<T, TLanes, TElement>(ref T source, nint offset)
        where T : unmanaged
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged => typeof(T) == typeof(float)
        ? TLanes.LoadWidened(ref Unsafe.As<T, float>(ref source), offset)
        : TLanes.Load(ref Unsafe.As<T, TElement>(ref source), offset);
}
