using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace InitTools.Kernels;

/// <summary>
/// Count, mean, population variance, second moment and extremes of numbers, NaN and infinities counted apart and
/// otherwise left out. Where no number is finite, mean, variance and extremes are NaN.
/// </summary>
/// <remarks>
/// The same bits on every kernel and for any number of threads: values are cut in chunks of <see cref="ChunkLength"/>,
/// summed in 32 virtual lanes of doubles, lanes combined by halves, chunks in their order. Each chunk is shifted by its
/// first finite value, so that equal values have variance exactly 0 and a large mean costs no digits; because the
/// shift is one of the values, cancellation is at most the length of the chunk, a relative error of 1e-12.
/// </remarks>
public readonly record struct Moments
{
    /// <summary>The number of values whose sums are taken together.</summary>
    public const int ChunkLength = 4096;

    internal Moments(
        long count,
        double mean,
        double sumOfSquaredDeviations,
        double minimum,
        double maximum,
        long nonFiniteCount,
        long zeroCount)
    {
        Count = count;
        Mean = mean;
        SumOfSquaredDeviations = sumOfSquaredDeviations;
        Minimum = minimum;
        Maximum = maximum;
        NonFiniteCount = nonFiniteCount;
        ZeroCount = zeroCount;
    }

    /// <summary>The number of finite values.</summary>
    public long Count { get; }

    /// <summary>The mean of the finite values.</summary>
    public double Mean { get; }

    /// <summary>The sum of (x - mean)^2 over the finite values.</summary>
    public double SumOfSquaredDeviations { get; }

    /// <summary>The smallest finite value.</summary>
    public double Minimum { get; }

    /// <summary>The largest finite value.</summary>
    public double Maximum { get; }

    /// <summary>The number of values that are NaN or infinite.</summary>
    public long NonFiniteCount { get; }

    /// <summary>The number of values that are exactly 0.</summary>
    public long ZeroCount { get; }

    /// <summary>The population variance: the mean of (x - mean)^2.</summary>
    public double Variance => SumOfSquaredDeviations / Count;

    /// <summary>The sample variance: the sum of (x - mean)^2 over count - 1; NaN for one value.</summary>
    public double SampleVariance => Count > 1 ? SumOfSquaredDeviations / (Count - 1) : double.NaN;

    /// <summary>The square root of the population variance.</summary>
    public double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>The mean of x^2: variance + mean^2.</summary>
    public double SecondMoment => Variance + Mean * Mean;

    /// <summary>The square root of the second moment.</summary>
    public double RootMeanSquare => Math.Sqrt(SecondMoment);

    /// <summary>The moments of the values.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>; sums are doubles in any case.</typeparam>
    /// <param name="values">One or more values.</param>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidShape"/>: no values.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Moments Of<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireValues(values.Length);
        Moments total = MomentsKernel.Compute(values[..Math.Min(values.Length, ChunkLength)]);
        for (int start = ChunkLength; start < values.Length; start += ChunkLength)
        {
            total = Combine(total, MomentsKernel.Compute(
                values.Slice(start, Math.Min(values.Length - start, ChunkLength))));
        }

        return total;
    }

    /// <summary>The moments of the values, large spans on several threads; the same bits as on one.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="values">One or more values.</param>
    /// <param name="options">The number of threads, and cancellation, which is tested between blocks.</param>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidShape"/>: no values.</exception>
    public static unsafe Moments Of<T>(ReadOnlySpan<T> values, ParallelOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(options);
        RequireValues(values.Length);
        const int ChunksPerBlock = 64;
        int length = values.Length;
        int chunks = (length - 1) / ChunkLength + 1;
        Moments[] partial = ArrayPool<Moments>.Shared.Rent(chunks);
        fixed (T* pinned = values)
        {
            T* first = pinned;
            int blocks = (chunks - 1) / ChunksPerBlock + 1;
            ParallelWork.ForEach(blocks, length, options, block =>
            {
                int end = Math.Min(chunks, (block + 1) * ChunksPerBlock);
                for (int chunk = block * ChunksPerBlock; chunk < end; chunk++)
                {
                    int start = chunk * ChunkLength;
                    partial[chunk] = MomentsKernel.Compute(
                        new ReadOnlySpan<T>(first + start, Math.Min(length - start, ChunkLength)));
                }
            });
        }

        Moments total = Combine(partial.AsSpan(0, chunks));
        ArrayPool<Moments>.Shared.Return(partial);
        return total;
    }

    /// <summary>
    /// The moments of values that are read in blocks, so that memory does not grow with their number.
    /// </summary>
    /// <param name="read">Reads as many values as its destination holds, from an index on, the first being 0.</param>
    /// <param name="count">The number of values, at least 1.</param>
    /// <param name="options">The number of threads, and cancellation.</param>
    internal static Moments Of(
        Action<Memory<double>, long, ParallelOptions> read, long count, ParallelOptions options)
    {
        const int BlockLength = 64 * ChunkLength;
        double[] block = new double[Math.Min(BlockLength, count)];
        Moments? total = null;
        for (long done = 0; done < count; done += block.Length)
        {
            Memory<double> part = block.AsMemory(0, (int)Math.Min(block.Length, count - done));
            read(part, done, options);
            var moments = Of<double>(part.Span, options);
            total = total is Moments sum ? Combine(sum, moments) : moments;
        }

        return total ?? throw new InitToolsException(
            ErrorId.InvalidShape, "There are no values; moments need at least one.");
    }

    /// <summary>
    /// The moments of each row of a matrix, as of each unit over the batch in feature-major activations.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="values">Row after row: rows.Length * rowLength values.</param>
    /// <param name="rowLength">The number of values in a row, at least 1.</param>
    /// <param name="rows">Where the moments go, one a row.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: no values; <see cref="ErrorId.ShapeMismatch"/>: another number of them.
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfRows<T>(ReadOnlySpan<T> values, int rowLength, Span<Moments> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireValues(rowLength);
        if (values.Length != (long)rowLength * rows.Length)
        {
            throw new InitToolsException(
                ErrorId.ShapeMismatch,
                $"{values.Length} values are not {rows.Length} rows of {rowLength}.",
                values.Length);
        }

        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = Of(values.Slice(row * rowLength, rowLength));
        }
    }

    /// <summary>The moments of two sets of values together (Chan, Golub and LeVeque 1979).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Moments Combine(Moments left, Moments right)
    {
        long nonFinite = left.NonFiniteCount + right.NonFiniteCount;
        if (left.Count == 0 || right.Count == 0)
        {
            Moments finite = left.Count == 0 ? right : left;
            return new Moments(
                finite.Count,
                finite.Mean,
                finite.SumOfSquaredDeviations,
                finite.Minimum,
                finite.Maximum,
                nonFinite,
                finite.ZeroCount);
        }

        long count = left.Count + right.Count;
        double difference = right.Mean - left.Mean;
        double share = (double)right.Count / count;
        return new Moments(
            count,
            left.Mean + difference * share,
            left.SumOfSquaredDeviations + right.SumOfSquaredDeviations + difference * difference * (left.Count * share),
            Math.Min(left.Minimum, right.Minimum),
            Math.Max(left.Maximum, right.Maximum),
            nonFinite,
            left.ZeroCount + right.ZeroCount);
    }

    /// <summary>The moments of several sets of values together, combined in their order.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidShape"/>: no sets.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Moments Combine(ReadOnlySpan<Moments> parts)
    {
        RequireValues(parts.Length);
        Moments total = parts[0];
        foreach (Moments part in parts[1..])
        {
            total = Combine(total, part);
        }

        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RequireValues(int count)
    {
        if (count < 1)
        {
            throw new InitToolsException(ErrorId.InvalidShape, "There are no values; moments need at least one.");
        }
    }
}
