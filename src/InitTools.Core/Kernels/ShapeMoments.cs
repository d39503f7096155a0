using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels;

/// <summary>
/// The third and fourth moments of standardized values z = (x - mean) / sd, population mean and standard deviation:
/// skewness E[z^3] and kurtosis E[z^4]. NaN where the values have no variance.
/// </summary>
/// <remarks>
/// A second pass over values whose moments are known, so that nothing cancels and, as z is near 1 whatever the size of
/// the values, nothing overflows. Same bits on every kernel: sums of a chunk of
/// <see cref="Moments.ChunkLength"/> run in the lanes of <see cref="DoubleSums"/>, chunks are added in their order.
/// </remarks>
/// <param name="Skewness">E[z^3]; 0 for a symmetric law.</param>
/// <param name="Kurtosis">E[z^4], not its excess: 3 for a normal law, 1.8 for a uniform one.</param>
public readonly record struct ShapeMoments(double Skewness, double Kurtosis)
{
    /// <summary>The shape of the finite values.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>; sums are doubles in any case.</typeparam>
    /// <param name="values">The values.</param>
    /// <param name="moments">Their moments.</param>
    public static ShapeMoments Of<T>(ReadOnlySpan<T> values, Moments moments)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double deviation = moments.StandardDeviation;
        if (!(deviation > 0) || !double.IsFinite(deviation))
        {
            return new ShapeMoments(double.NaN, double.NaN);
        }

        double cubes = 0;
        double fourths = 0;
        for (int start = 0; start < values.Length; start += Moments.ChunkLength)
        {
            ReadOnlySpan<T> chunk = values.Slice(start, Math.Min(values.Length - start, Moments.ChunkLength));
            var work = new PowerWork<T>(chunk, moments.Mean, deviation);
            LaneDispatch.Run<PowerWork<T>, double>(ref work);
            cubes += work.Cubes;
            fourths += work.Fourths;
        }

        return new ShapeMoments(cubes / moments.Count, fourths / moments.Count);
    }

    private ref struct PowerWork<T>(ReadOnlySpan<T> values, double mean, double deviation) : ILaneWork
        where T : unmanaged
    {
        private readonly ReadOnlySpan<T> _values = values;
        private readonly double _mean = mean;
        private readonly double _deviation = deviation;

        public double Cubes { get; private set; }

        public double Fourths { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Run<TLanes, TTail, TElement>()
            where TLanes : struct, ILanes<TLanes, TElement>
            where TTail : struct, ILanes<TTail, TElement>
            where TElement : unmanaged
        {
            Span<double> cubes = stackalloc double[DoubleSums.VirtualLanes];
            Span<double> fourths = stackalloc double[DoubleSums.VirtualLanes];
            int wholeRounds = _values.Length - _values.Length % DoubleSums.VirtualLanes;
            for (int lane = 0; lane < DoubleSums.VirtualLanes; lane += TLanes.Count)
            {
                Add<TLanes, TElement>(lane, wholeRounds, lane, cubes, fourths);
            }

            for (int i = wholeRounds; i < _values.Length; i++)
            {
                Add<TTail, TElement>(i, i + 1, i - wholeRounds, cubes, fourths);
            }

            Cubes = DoubleSums.ByHalves<TLanes, TElement>(cubes);
            Fourths = DoubleSums.ByHalves<TLanes, TElement>(fourths);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private readonly void Add<TLanes, TElement>(
            int start,
            int end,
            int lane,
            scoped Span<double> cubes,
            scoped Span<double> fourths)
            where TLanes : struct, ILanes<TLanes, TElement>
            where TElement : unmanaged
        {
            ref T source = ref MemoryMarshal.GetReference(_values);
            ref TElement cubesAt = ref Unsafe.As<double, TElement>(ref MemoryMarshal.GetReference(cubes));
            ref TElement fourthsAt = ref Unsafe.As<double, TElement>(ref MemoryMarshal.GetReference(fourths));
            TLanes mean = TLanes.Create(_mean);
            TLanes deviation = TLanes.Create(_deviation);
            TLanes largest = TLanes.Create(double.MaxValue);
            TLanes zero = TLanes.Create(0);
            TLanes cubeSum = TLanes.Load(ref cubesAt, lane);
            TLanes fourthSum = TLanes.Load(ref fourthsAt, lane);
            for (nint i = start; i < end; i += DoubleSums.VirtualLanes)
            {
                TLanes z = (DoubleSums.Load<T, TLanes, TElement>(ref source, i) - mean) / deviation;
                z = TLanes.Select(TLanes.LessThanOrEqual(TLanes.Abs(z), largest), z, zero);
                TLanes square = z * z;
                cubeSum = TLanes.FusedMultiplyAdd(square, z, cubeSum);
                fourthSum = TLanes.FusedMultiplyAdd(square, square, fourthSum);
            }

            TLanes.Store(cubeSum, ref cubesAt, lane);
            TLanes.Store(fourthSum, ref fourthsAt, lane);
        }
    }
}
