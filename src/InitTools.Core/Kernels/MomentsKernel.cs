using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels;

/// <summary>
/// The moments of one chunk of values from the sums of d = x - shift and of d^2, the shift being one of the values.
/// Element i belongs to virtual lane i mod 32, whatever the width of the vectors; the lanes are combined by halves.
/// A second pass over the chunk, which the first-level cache holds, finds extremes and zeros in lanes of the values'
/// own precision: one pass for both would need more registers than AVX2 has.
/// </summary>
internal static class MomentsKernel
{
    /// <summary>The moments of one chunk: 1 to <see cref="Moments.ChunkLength"/> values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Moments Compute<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double first = double.CreateTruncating(values[0]);
        if (double.IsFinite(first))
        {
            var sums = new SumWork<T>(values, first);
            LaneDispatch.Run<SumWork<T>, double>(ref sums);
            if (double.IsFinite(sums.SumOfSquares))
            {
                return ToMoments(values, sums, 0);
            }
        }

        return ComputeFinite(values);
    }

    // Values that are not finite are replaced by the shift, so that they add nothing to either sum.
    private static Moments ComputeFinite<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int firstFinite = 0;
        while (firstFinite < values.Length && !T.IsFinite(values[firstFinite]))
        {
            firstFinite++;
        }

        if (firstFinite == values.Length)
        {
            return new Moments(0, double.NaN, double.NaN, double.NaN, double.NaN, values.Length, 0);
        }

        double shift = double.CreateTruncating(values[firstFinite]);
        Span<double> replaced = stackalloc double[Moments.ChunkLength];
        replaced = replaced[..values.Length];
        int nonFiniteCount = 0;
        for (int i = 0; i < replaced.Length; i++)
        {
            bool isFinite = T.IsFinite(values[i]);
            replaced[i] = isFinite ? double.CreateTruncating(values[i]) : shift;
            nonFiniteCount += isFinite ? 0 : 1;
        }

        var sums = new SumWork<double>(replaced, shift);
        LaneDispatch.Run<SumWork<double>, double>(ref sums);
        return ToMoments<double>(replaced, sums, nonFiniteCount);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Moments ToMoments<T>(ReadOnlySpan<T> values, in SumWork<T> sums, int nonFiniteCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var extremes = new ExtremesWork<T>(values);
        LaneDispatch.Run<ExtremesWork<T>, T>(ref extremes);
        long count = values.Length - nonFiniteCount;
        double offset = sums.Sum / count;
        return new Moments(
            count,
            sums.Shift + offset,
            Math.Max(0, sums.SumOfSquares - sums.Sum * offset),
            extremes.Minimum,
            extremes.Maximum,
            nonFiniteCount,
            extremes.ZeroCount - (sums.Shift == 0 ? nonFiniteCount : 0));
    }

    // Four vectors a step hide the latency of the sums. Where these hold fewer elements than there are virtual lanes,
    // several passes run over the chunk, which the first-level cache holds.
    private ref struct SumWork<T>(ReadOnlySpan<T> values, double shift) : ILaneWork
        where T : unmanaged
    {
        private const int VectorsPerStep = 4;

        private readonly ReadOnlySpan<T> _values = values;

        public readonly double Shift { get; } = shift;

        public double Sum { get; private set; }

        public double SumOfSquares { get; private set; }

        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Run<TLanes, TTail, TElement>()
            where TLanes : struct, ILanes<TLanes, TElement>
            where TTail : struct, ILanes<TTail, TElement>
            where TElement : unmanaged
        {
            Span<double> sums = stackalloc double[DoubleSums.VirtualLanes];
            Span<double> squares = stackalloc double[DoubleSums.VirtualLanes];
            int wholeRounds = _values.Length - _values.Length % DoubleSums.VirtualLanes;
            for (int lane = 0; lane < DoubleSums.VirtualLanes; lane += VectorsPerStep * TLanes.Count)
            {
                SumColumns<TLanes, TElement>(lane, wholeRounds, sums[lane..], squares[lane..]);
            }

            for (int i = wholeRounds; i < _values.Length; i++)
            {
                double difference = DoubleSums.ToDouble(_values[i]) - Shift;
                int lane = i - wholeRounds;
                sums[lane] += difference;
                squares[lane] = Math.FusedMultiplyAdd(difference, difference, squares[lane]);
            }

            Sum = DoubleSums.ByHalves<TLanes, TElement>(sums);
            SumOfSquares = DoubleSums.ByHalves<TLanes, TElement>(squares);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private void SumColumns<TLanes, TElement>(
            int lane,
            int end,
            scoped Span<double> sums,
            scoped Span<double> squares)
            where TLanes : struct, ILanes<TLanes, TElement>
            where TElement : unmanaged
        {
            ref T source = ref MemoryMarshal.GetReference(_values);
            TLanes zero = TLanes.Create(0);
            TLanes shift = TLanes.Create(Shift);
            TLanes sum0 = zero, sum1 = zero, sum2 = zero, sum3 = zero;
            TLanes squares0 = zero, squares1 = zero, squares2 = zero, squares3 = zero;
            for (nint i = lane; i < end; i += DoubleSums.VirtualLanes)
            {
                TLanes d0 = DoubleSums.Load<T, TLanes, TElement>(ref source, i) - shift;
                TLanes d1 = DoubleSums.Load<T, TLanes, TElement>(ref source, i + TLanes.Count) - shift;
                TLanes d2 = DoubleSums.Load<T, TLanes, TElement>(ref source, i + 2 * TLanes.Count) - shift;
                TLanes d3 = DoubleSums.Load<T, TLanes, TElement>(ref source, i + 3 * TLanes.Count) - shift;
                sum0 += d0;
                sum1 += d1;
                sum2 += d2;
                sum3 += d3;
                squares0 = TLanes.FusedMultiplyAdd(d0, d0, squares0);
                squares1 = TLanes.FusedMultiplyAdd(d1, d1, squares1);
                squares2 = TLanes.FusedMultiplyAdd(d2, d2, squares2);
                squares3 = TLanes.FusedMultiplyAdd(d3, d3, squares3);
            }

            ref TElement sumsTo = ref Unsafe.As<double, TElement>(ref MemoryMarshal.GetReference(sums));
            TLanes.Store(sum0, ref sumsTo, 0);
            TLanes.Store(sum1, ref sumsTo, TLanes.Count);
            TLanes.Store(sum2, ref sumsTo, 2 * TLanes.Count);
            TLanes.Store(sum3, ref sumsTo, 3 * TLanes.Count);
            ref TElement squaresTo = ref Unsafe.As<double, TElement>(ref MemoryMarshal.GetReference(squares));
            TLanes.Store(squares0, ref squaresTo, 0);
            TLanes.Store(squares1, ref squaresTo, TLanes.Count);
            TLanes.Store(squares2, ref squaresTo, 2 * TLanes.Count);
            TLanes.Store(squares3, ref squaresTo, 3 * TLanes.Count);
        }
    }

    // Of finite values.
    private ref struct ExtremesWork<T>(ReadOnlySpan<T> values) : ILaneWork
        where T : unmanaged
    {
        private const int VectorsPerStep = 4;

        private readonly ReadOnlySpan<T> _values = values;

        public double Minimum { get; private set; }

        public double Maximum { get; private set; }

        public long ZeroCount { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Run<TLanes, TTail, TElement>()
            where TLanes : struct, ILanes<TLanes, TElement>
            where TTail : struct, ILanes<TTail, TElement>
            where TElement : unmanaged
        {
            ref TElement source = ref Unsafe.As<T, TElement>(ref MemoryMarshal.GetReference(_values));
            TLanes zero = TLanes.Create(0);
            TLanes one = TLanes.Create(1);
            TLanes minimum = TLanes.Broadcast(source);
            TLanes maximum = minimum;
            TLanes zeroCount = zero;
            nint i = 0;
            for (; i <= _values.Length - VectorsPerStep * TLanes.Count; i += VectorsPerStep * TLanes.Count)
            {
                TLanes x0 = TLanes.Load(ref source, i);
                TLanes x1 = TLanes.Load(ref source, i + TLanes.Count);
                TLanes x2 = TLanes.Load(ref source, i + 2 * TLanes.Count);
                TLanes x3 = TLanes.Load(ref source, i + 3 * TLanes.Count);
                minimum = TLanes.Min(TLanes.Min(TLanes.Min(x0, x1), TLanes.Min(x2, x3)), minimum);
                maximum = TLanes.Max(TLanes.Max(TLanes.Max(x0, x1), TLanes.Max(x2, x3)), maximum);
                TLanes zeros01 = (TLanes.Equal(x0, zero) & one) + (TLanes.Equal(x1, zero) & one);
                TLanes zeros23 = (TLanes.Equal(x2, zero) & one) + (TLanes.Equal(x3, zero) & one);
                zeroCount += zeros01 + zeros23;
            }

            Minimum = double.PositiveInfinity;
            Maximum = double.NegativeInfinity;
            IncludeLanes<TLanes, TElement>(minimum, maximum, zeroCount);
            foreach (T element in _values[(int)i..])
            {
                double value = DoubleSums.ToDouble(element);
                Include(value, value, value == 0 ? 1 : 0);
            }

            // A zero of either sign is reported as +0, whichever came first.
            Minimum += 0.0;
            Maximum += 0.0;
        }

        [SkipLocalsInit]
        private void IncludeLanes<TLanes, TElement>(TLanes minimum, TLanes maximum, TLanes zeroCount)
            where TLanes : struct, ILanes<TLanes, TElement>
            where TElement : unmanaged
        {
            Span<TElement> lanes = stackalloc TElement[3 * TLanes.Count];
            ref TElement to = ref MemoryMarshal.GetReference(lanes);
            TLanes.Store(minimum, ref to, 0);
            TLanes.Store(maximum, ref to, TLanes.Count);
            TLanes.Store(zeroCount, ref to, 2 * TLanes.Count);
            for (int i = 0; i < TLanes.Count; i++)
            {
                Include(
                    DoubleSums.ToDouble(lanes[i]),
                    DoubleSums.ToDouble(lanes[TLanes.Count + i]),
                    (long)DoubleSums.ToDouble(lanes[2 * TLanes.Count + i]));
            }
        }

        private void Include(double minimum, double maximum, long zeroCount)
        {
            Minimum = minimum < Minimum ? minimum : Minimum;
            Maximum = maximum > Maximum ? maximum : Maximum;
            ZeroCount += zeroCount;
        }
    }
}
