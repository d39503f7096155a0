using System.Numerics;
using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels;

/// <summary>Work over memory that is written once for every kind of lanes.</summary>
internal interface ILaneWork
{
    /// <summary>Does the work. Implementations are not inlined and are optimized at their first call.</summary>
    /// <typeparam name="TLanes">The lanes of the kernel in use.</typeparam>
    /// <typeparam name="TTail">The scalar lanes of the same precision, for what does not fill a vector.</typeparam>
    /// <typeparam name="TElement">The element type of both, float or double: that of the work's memory.</typeparam>
    public void Run<TLanes, TTail, TElement>()
        where TLanes : struct, ILanes<TLanes, TElement>
        where TTail : struct, ILanes<TTail, TElement>
        where TElement : unmanaged;
}

/// <summary>Runs work on the lanes of a kernel: the one place where element type and kernel meet.</summary>
/// <remarks>Work is short: its first calls would take twice as long if they came through first-tier code.</remarks>
internal static class LaneDispatch
{
    /// <summary>Runs the work on the lanes of <see cref="KernelSelection.Selected"/>.</summary>
    /// <typeparam name="TWork">The work.</typeparam>
    /// <typeparam name="T">The element type of its memory: float or double.</typeparam>
    /// <param name="work">The work.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TWork, T>(ref TWork work)
        where TWork : struct, ILaneWork, allows ref struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Run<TWork, T>(KernelSelection.Selected, ref work);

    /// <summary>Runs the work on the lanes of a kernel that the caller chose, once for all of its threads.</summary>
    /// <exception cref="NotSupportedException">Another element type.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TWork, T>(Kernel kernel, ref TWork work)
        where TWork : struct, ILaneWork, allows ref struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            switch (kernel)
            {
                case Kernel.Vector512:
                    work.Run<Vector512Single, ScalarSingle, float>();
                    break;
                case Kernel.Vector:
                    work.Run<VectorSingle, ScalarSingle, float>();
                    break;
                default:
                    work.Run<ScalarSingle, ScalarSingle, float>();
                    break;
            }
        }
        else if (typeof(T) == typeof(double))
        {
            switch (kernel)
            {
                case Kernel.Vector512:
                    work.Run<Vector512Double, ScalarDouble, double>();
                    break;
                case Kernel.Vector:
                    work.Run<VectorDouble, ScalarDouble, double>();
                    break;
                default:
                    work.Run<ScalarDouble, ScalarDouble, double>();
                    break;
            }
        }
        else
        {
            throw new NotSupportedException($"Elements are float or double, not {typeof(T)}.");
        }
    }
}
