using InitTools.Kernels;

namespace InitTools.Analysis;

/// <summary>
/// Reads a tensor twice from end to end, in chunks, and gathers what rules look at. Sums are taken in the order of the
/// elements, so that the figures are the same on every machine.
/// </summary>
internal static class TensorScan
{
    private const int ChunkLength = 1 << 16;
    private const int SampleLength = 1 << 16;

    // In standard deviations: where elements of a sound tensor end.
    private const double Outliers = 5;

    private delegate void ChunkAction(ReadOnlySpan<double> values, long start);

    /// <summary>The figures.</summary>
    /// <param name="tensor">What is read.</param>
    /// <param name="layout">Where it is cut into a matrix: behind the first axis (OI), before the last (IO).</param>
    /// <param name="cancellation">Tested before each chunk.</param>
    public static TensorFigures Run(WeightTensor tensor, Layout layout, CancellationToken cancellation)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = 1, CancellationToken = cancellation };
        TensorShape shape = tensor.GetShape();
        bool hasAxes = shape.Rank > 1 && tensor.Count == shape.Count;
        long rowLength = hasAxes ? shape.Count / shape[0] : tensor.Count;
        long columns = hasAxes ? shape[^1] : tensor.Count;
        AxisGroups? rowGroups = hasAxes ? new AxisGroups(shape[0], rowLength) : null;
        AxisGroups? columnGroups = hasAxes ? new AxisGroups(columns, shape.Count / columns) : null;
        double smallestNormal = SmallestNormalOf(tensor.GetDType());
        Moments? moments = null;
        long firstNonFinite = -1, subnormals = 0, onDiagonal = 0;
        ulong hash = 0;
        ForEachChunk(tensor, options, (values, start) =>
        {
            var part = Moments.Of(values);
            moments = moments is Moments before ? Moments.Combine(before, part) : part;
            long row = start / rowLength, column = start % columns, left = rowLength - start % rowLength;
            for (int i = 0; i < values.Length; i++)
            {
                double value = values[i];
                ulong bits = BitConverter.DoubleToUInt64Bits(value);
                hash = AxisGroups.Mix(hash, bits);
                rowGroups?.Add(row, value, bits);
                columnGroups?.Add(column, value, bits);
                subnormals += value != 0 && Math.Abs(value) < smallestNormal ? 1 : 0;
                onDiagonal += value != 0 && row == column ? 1 : 0;
                firstNonFinite = firstNonFinite < 0 && !double.IsFinite(value) ? start + i : firstNonFinite;
                column = column + 1 == columns ? 0 : column + 1;
                if (--left == 0)
                {
                    (row, left) = (row + 1, rowLength);
                }
            }
        });

        var figures = new TensorFigures
        {
            Moments = moments!.Value,
            FirstNonFinite = firstNonFinite,
            Hash = hash,
            SubnormalCount = subnormals,
            DiagonalCount = shape.Rank == 2 ? onDiagonal : 0,
            Rows = rowGroups?.Summarize(),
            Columns = columnGroups?.Summarize(),
        };
        return figures.IsConstant || figures.Moments.NonFiniteCount > 0
            ? figures with { Count = tensor.Count }
            : Look(tensor, layout, figures, rowGroups, rowLength, options);
    }

    /// <summary>The second pass, which knows mean, extremes and rows of zeros.</summary>
    private static TensorFigures Look(
        WeightTensor tensor,
        Layout layout,
        TensorFigures figures,
        AxisGroups? rowGroups,
        long rowLength,
        ParallelOptions options)
    {
        Moments all = figures.Moments;
        long zeroRows = figures.Rows?.ZeroCount ?? 0;
        long count = tensor.Count - zeroRows * rowLength;
        double mean = all.Mean * tensor.Count / count;
        double deviation = Math.Sqrt(Math.Max(0, all.SecondMoment * tensor.Count / count - mean * mean));
        long stride = (count - 1) / SampleLength + 1;
        long minima = 0, maxima = 0, seen = 0;
        double fourths = 0;
        List<double> sample = new((int)(count / stride) + 1);
        ForEachChunk(tensor, options, (values, start) =>
        {
            for (int i = 0; i < values.Length; i++)
            {
                double value = values[i];
                if (value == 0 && zeroRows > 0 && rowGroups!.IsZero((start + i) / rowLength))
                {
                    continue;
                }

                double z = (value - mean) / deviation;
                fourths += z * z * (z * z);
                minima += value == all.Minimum ? 1 : 0;
                maxima += value == all.Maximum ? 1 : 0;
                if (seen++ % stride == 0)
                {
                    sample.Add(value);
                }
            }
        });
        sample.Sort();

        // Half of a normal law lies within 0.6745 standard deviations: what single large elements leave alone.
        double reach = Outliers * (Quantile(sample, 0.75) - Quantile(sample, 0.25)) / (2 * 0.6745);
        bool isOnePlace = tensor.GetShape().Rank > 2
            && all.Count - all.ZeroCount == TestedTensor.InputsOf(tensor.GetShape(), layout)
                * TestedTensor.OutputsOf(tensor.GetShape(), layout);
        return figures with
        {
            Count = count,
            Mean = mean,
            StandardDeviation = deviation,
            Kurtosis = fourths / count,
            MinimumCount = minima,
            MaximumCount = maxima,
            Sample = [.. sample],
            Matrix = figures.Rows is null ? null : MatrixFigures.Of(
                tensor, layout, isOnePlace, mean - reach, mean + reach, options),
        };
    }

    private static void ForEachChunk(WeightTensor tensor, ParallelOptions options, ChunkAction action)
    {
        double[] chunk = new double[Math.Min(ChunkLength, tensor.Count)];
        for (long start = 0; start < tensor.Count; start += chunk.Length)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            Memory<double> values = chunk.AsMemory(0, (int)Math.Min(chunk.Length, tensor.Count - start));
            tensor.CopyTo(values, start, options);
            action(values.Span, start);
        }
    }

    private static double Quantile(List<double> sorted, double share) => sorted[(int)(share * (sorted.Count - 1))];

    private static double SmallestNormalOf(DType dtype) => dtype switch
    {
        DType.Float16 => 1.0 / (1 << 14),
        DType.Float64 => 2.2250738585072014e-308,
        _ => 1.1754943508222875e-38,
    };
}
