using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Fills;

/// <summary>
/// U[minimum, maximum): u range + start with one rounding, u the highest 24 or 53 bits as a fraction in [0, 1), then
/// kept inside [lowest, highest], for the rounding may reach the open end.
/// </summary>
/// <param name="range">maximum - minimum.</param>
/// <param name="start">minimum.</param>
/// <param name="lowest">The smallest number of the element type that is at least minimum.</param>
/// <param name="highest">The largest one that is below maximum.</param>
internal readonly struct UniformLaw(double range, double start, double lowest, double highest) : ILaw
{
    private readonly double _range = range;
    private readonly double _start = start;
    private readonly double _lowest = lowest;
    private readonly double _highest = highest;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Transform<T, TDouble, TElement>(ref uint words, ref TElement destination, nint count)
        where T : struct, ILanes<T, TElement>
        where TDouble : struct, ILanes<TDouble, double>
        where TElement : unmanaged
    {
        T range = T.Create(_range);
        T start = T.Create(_start);
        T lowest = T.Create(_lowest);
        T highest = T.Create(_highest);
        for (nint i = 0; i < count; i += T.Count)
        {
            T u = RandomBits.HalfOpenFraction(RandomBits.Load<T>(ref words, i));
            T x = T.FusedMultiplyAdd(u, range, start);
            T.Store(T.Min(T.Max(x, lowest), highest), ref destination, i);
        }
    }
}
