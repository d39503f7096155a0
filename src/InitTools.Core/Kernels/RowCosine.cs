using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels;

/// <summary>
/// How alike the rows of a batch are: the mean, over all pairs of different rows, of the cosine x_a x_b / (|x_a| |x_b|)
/// of the angle between them. With u_a = x_a / |x_a| it is (|sum_a u_a|^2 - rows) / (rows (rows - 1)), which costs one
/// pass over the values and not one a pair.
/// </summary>
/// <remarks>
/// Same bits on every kernel: a row's norm is one chain over the units; sums over rows run in the lanes of
/// <see cref="DoubleSums"/>. Error: 1e-15 times the number of units.
/// </remarks>
public static class RowCosine
{
    /// <summary>The mean cosine of two rows; null where fewer than two rows have a direction (are not zero).</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="values">Feature-major: units x rows.</param>
    /// <param name="rowCount">The number of rows of the batch.</param>
    /// <returns>The mean cosine; null also where a value is NaN or infinite.</returns>
    public static double? Mean<T>(ReadOnlySpan<T> values, int rowCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rowCount, 1);
        double[] inverseNorms = new double[rowCount];
        var norms = new NormWork<T>(values, inverseNorms);
        LaneDispatch.Run<NormWork<T>, double>(ref norms);
        int directions = 0;
        for (int row = 0; row < rowCount; row++)
        {
            double norm = Math.Sqrt(inverseNorms[row]);
            if (!double.IsFinite(norm))
            {
                return null;
            }

            directions += norm > 0 ? 1 : 0;
            inverseNorms[row] = norm > 0 ? 1 / norm : 0;
        }

        if (directions < 2)
        {
            return null;
        }

        double lengthOfSum = 0;
        for (int start = 0; start < values.Length; start += rowCount)
        {
            var sum = new SumWork<T>(values.Slice(start, rowCount), inverseNorms);
            LaneDispatch.Run<SumWork<T>, double>(ref sum);
            lengthOfSum += sum.Result * sum.Result;
        }

        return (lengthOfSum - directions) / ((double)directions * (directions - 1));
    }

    // squares[row] += x^2, unit after unit.
    private readonly ref struct NormWork<T>(ReadOnlySpan<T> values, Span<double> squares) : ILaneWork
        where T : unmanaged
    {
        private readonly ReadOnlySpan<T> _values = values;
        private readonly Span<double> _squares = squares;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Run<TLanes, TTail, TElement>()
            where TLanes : struct, ILanes<TLanes, TElement>
            where TTail : struct, ILanes<TTail, TElement>
            where TElement : unmanaged
        {
            ref T source = ref MemoryMarshal.GetReference(_values);
            ref TElement squares = ref Unsafe.As<double, TElement>(ref MemoryMarshal.GetReference(_squares));
            int rows = _squares.Length;
            for (nint start = 0; start < _values.Length; start += rows)
            {
                nint row = 0;
                for (; row <= rows - TLanes.Count; row += TLanes.Count)
                {
                    TLanes x = DoubleSums.Load<T, TLanes, TElement>(ref source, start + row);
                    TLanes.Store(
                        TLanes.FusedMultiplyAdd(x, x, TLanes.Load(ref squares, row)), ref squares, row);
                }

                for (; row < rows; row++)
                {
                    TTail x = DoubleSums.Load<T, TTail, TElement>(ref source, start + row);
                    TTail.Store(TTail.FusedMultiplyAdd(x, x, TTail.Load(ref squares, row)), ref squares, row);
                }
            }
        }
    }

    // The sum of x_row * factor_row over the rows of one unit.
    private ref struct SumWork<T>(ReadOnlySpan<T> unit, ReadOnlySpan<double> factors) : ILaneWork
        where T : unmanaged
    {
        private readonly ReadOnlySpan<T> _unit = unit;
        private readonly ReadOnlySpan<double> _factors = factors;

        public double Result { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Run<TLanes, TTail, TElement>()
            where TLanes : struct, ILanes<TLanes, TElement>
            where TTail : struct, ILanes<TTail, TElement>
            where TElement : unmanaged
        {
            ref T source = ref MemoryMarshal.GetReference(_unit);
            ref TElement factors = ref Unsafe.As<double, TElement>(ref MemoryMarshal.GetReference(_factors));
            Span<double> sums = stackalloc double[DoubleSums.VirtualLanes];
            ref TElement sumsAt = ref Unsafe.As<double, TElement>(ref MemoryMarshal.GetReference(sums));
            nint wholeRounds = _unit.Length - _unit.Length % DoubleSums.VirtualLanes;
            for (nint lane = 0; lane < DoubleSums.VirtualLanes; lane += TLanes.Count)
            {
                TLanes sum = TLanes.Create(0);
                for (nint i = lane; i < wholeRounds; i += DoubleSums.VirtualLanes)
                {
                    sum = TLanes.FusedMultiplyAdd(
                        DoubleSums.Load<T, TLanes, TElement>(ref source, i), TLanes.Load(ref factors, i), sum);
                }

                TLanes.Store(sum, ref sumsAt, lane);
            }

            for (nint i = wholeRounds; i < _unit.Length; i++)
            {
                TTail sum = TTail.FusedMultiplyAdd(
                    DoubleSums.Load<T, TTail, TElement>(ref source, i),
                    TTail.Load(ref factors, i),
                    TTail.Load(ref sumsAt, i - wholeRounds));
                TTail.Store(sum, ref sumsAt, i - wholeRounds);
            }

            Result = DoubleSums.ByHalves<TLanes, TElement>(sums);
        }
    }
}
