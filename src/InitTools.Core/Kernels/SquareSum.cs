using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels;

/// <summary>
/// The sum of x^2 in double: each virtual lane of <see cref="DoubleSums"/> is one chain s = fma(x, x, s) over its
/// elements in their order. Relative error at most n / 32 + 5 half units in the last place.
/// </summary>
internal static class SquareSum
{
    /// <summary>The sum over the values; 0 where there are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Of<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var work = new Work<T>(values);
        LaneDispatch.Run<Work<T>, double>(ref work);
        return work.Total;
    }

    private ref struct Work<T>(ReadOnlySpan<T> values) : ILaneWork
        where T : unmanaged
    {
        // Four vectors a step hide the latency of the sums; where they are narrow, several passes take all lanes.
        private const int VectorsPerStep = 4;

        private readonly ReadOnlySpan<T> _values = values;

        public double Total { get; private set; }

        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Run<TLanes, TTail, TElement>()
            where TLanes : struct, ILanes<TLanes, TElement>
            where TTail : struct, ILanes<TTail, TElement>
            where TElement : unmanaged
        {
            Span<double> sums = stackalloc double[DoubleSums.VirtualLanes];
            int wholeRounds = _values.Length - _values.Length % DoubleSums.VirtualLanes;
            for (int lane = 0; lane < DoubleSums.VirtualLanes; lane += VectorsPerStep * TLanes.Count)
            {
                SumColumns<TLanes, TElement>(lane, wholeRounds, sums[lane..]);
            }

            for (int i = wholeRounds; i < _values.Length; i++)
            {
                double value = DoubleSums.ToDouble(_values[i]);
                sums[i - wholeRounds] = Math.FusedMultiplyAdd(value, value, sums[i - wholeRounds]);
            }

            Total = DoubleSums.ByHalves<TLanes, TElement>(sums);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private readonly void SumColumns<TLanes, TElement>(int lane, int end, scoped Span<double> sums)
            where TLanes : struct, ILanes<TLanes, TElement>
            where TElement : unmanaged
        {
            ref T source = ref MemoryMarshal.GetReference(_values);
            TLanes zero = TLanes.Create(0);
            TLanes sum0 = zero, sum1 = zero, sum2 = zero, sum3 = zero;
            for (nint i = lane; i < end; i += DoubleSums.VirtualLanes)
            {
                TLanes x0 = DoubleSums.Load<T, TLanes, TElement>(ref source, i);
                TLanes x1 = DoubleSums.Load<T, TLanes, TElement>(ref source, i + TLanes.Count);
                TLanes x2 = DoubleSums.Load<T, TLanes, TElement>(ref source, i + 2 * TLanes.Count);
                TLanes x3 = DoubleSums.Load<T, TLanes, TElement>(ref source, i + 3 * TLanes.Count);
                sum0 = TLanes.FusedMultiplyAdd(x0, x0, sum0);
                sum1 = TLanes.FusedMultiplyAdd(x1, x1, sum1);
                sum2 = TLanes.FusedMultiplyAdd(x2, x2, sum2);
                sum3 = TLanes.FusedMultiplyAdd(x3, x3, sum3);
            }

            ref TElement sumsTo = ref Unsafe.As<double, TElement>(ref MemoryMarshal.GetReference(sums));
            TLanes.Store(sum0, ref sumsTo, 0);
            TLanes.Store(sum1, ref sumsTo, TLanes.Count);
            TLanes.Store(sum2, ref sumsTo, 2 * TLanes.Count);
            TLanes.Store(sum3, ref sumsTo, 3 * TLanes.Count);
        }
    }
}
