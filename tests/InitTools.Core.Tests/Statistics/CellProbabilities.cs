using System.Runtime.Intrinsics;
using InitTools.Kernels.Fills;
using InitTools.Kernels.Lanes;

namespace InitTools.Core.Tests.Statistics;

/// <summary>
/// The probabilities of the cells j/K &lt;= F(w) &lt; (j+1)/K, K = 2^16. They are 1/K in theory; an element type moves
/// numbers that lie next to an edge across it. That share is below 2^-23, too little for any purpose, but 2^32 values
/// resolve it: left out, it would add 10^4 to the truncated normal law's chi-square of 65535 ± 362.
/// </summary>
internal static class CellProbabilities
{
    /// <summary>The number of cells.</summary>
    public const int Count = 1 << 16;

    /// <summary>1/K each: the law before rounding.</summary>
    public static double[] Equal { get; } = [.. Enumerable.Repeat(1.0 / Count, Count)];

    /// <summary>The cell of a value with the given F(w).</summary>
    public static int CellOf(double cumulative) => Math.Min((int)(cumulative * Count), Count - 1);

    /// <summary>
    /// The law as the element type has it. Float64 resolves the cells, and so does the uniform law in Float32, whose 24
    /// bits are a multiple of the cells' 16.
    /// </summary>
    public static double[] OfRounded(ReferenceLaw law, DType dtype, ParallelOptions options) => (law, dtype) switch
    {
        (_, DType.Float64) or (UniformLaw, DType.Float32) => Equal,
        (NormalLaw, DType.Float32) => OfNearestSingle(law),
        (TruncatedNormalLaw, DType.Float32) => OfTruncatedNormalSingle(law, options),
        _ => throw new ArgumentOutOfRangeException(nameof(dtype)),
    };

    /// <summary>
    /// Values that are spread finely before they are rounded to the nearest float32: an edge lies halfway between the
    /// two float32 numbers on either side of it. Box and Muller's values are such, for they combine two words.
    /// </summary>
    private static double[] OfNearestSingle(ReferenceLaw law)
    {
        CumulativeTable cumulative = new(law);
        double[] probabilities = new double[Count];
        double below = 0;
        for (int cell = 0; cell < Count; cell++)
        {
            double upTo = 1;
            if (cell < Count - 1)
            {
                float first = FirstAbove(cell);
                upTo = law.Cumulative(((double)first + MathF.BitDecrement(first)) / 2);
            }

            probabilities[cell] = upTo - below;
            below = upTo;
        }

        return probabilities;

        // The smallest float32 behind the cell, by halving; integers order the numbers of one sign as the numbers do.
        float FirstAbove(int cell)
        {
            long low = Order(-10);
            long high = Order(10);
            while (high - low > 1)
            {
                long middle = low + (high - low) / 2;
                if (CellOf(cumulative[Value(middle)]) > cell)
                {
                    high = middle;
                }
                else
                {
                    low = middle;
                }
            }

            return Value(high);
        }

        static long Order(float value) =>
            value >= 0 ? BitConverter.SingleToInt32Bits(value) : -(long)BitConverter.SingleToInt32Bits(-value);

        static float Value(long order) =>
            order >= 0 ? BitConverter.Int32BitsToSingle((int)order) : -BitConverter.Int32BitsToSingle((int)-order);
    }

    /// <summary>
    /// One word makes one value, so that the values of all words can be counted: of those whose lowest bit, the sign,
    /// is 0, and of their negatives.
    /// </summary>
    private static double[] OfTruncatedNormalSingle(ReferenceLaw law, ParallelOptions options)
    {
        const int ChunkLength = 1 << 16;
        const long Words = 1L << 32;
        CumulativeTable cumulative = new(law);
        SymmetricTruncatedNormalLaw transform = new(0, 1, law.Maximum, law.Minimum, law.Maximum);
        long[] counts = new long[Count];
        Parallel.For(
            0,
            Words / 2 / ChunkLength,
            options,
            () => (Words: new uint[ChunkLength], Values: new float[ChunkLength], Counts: new long[Count]),
            (chunk, _, own) =>
            {
                for (int i = 0; i < ChunkLength; i++)
                {
                    own.Words[i] = (uint)(2 * (chunk * ChunkLength + i));
                }

                if (Vector512.IsHardwareAccelerated)
                {
                    transform.Transform<Vector512Single, Vector512Double, float>(
                        ref own.Words[0], ref own.Values[0], ChunkLength);
                }
                else
                {
                    transform.Transform<VectorSingle, VectorDouble, float>(
                        ref own.Words[0], ref own.Values[0], ChunkLength);
                }

                for (int start = 0, end; start < ChunkLength; start = end)
                {
                    float value = own.Values[start];
                    for (end = start + 1; end < ChunkLength && own.Values[end] == value; end++)
                    {
                    }

                    own.Counts[CellOf(cumulative[value])] += end - start;
                    own.Counts[CellOf(cumulative[-value])] += end - start;
                }

                return own;
            },
            own =>
            {
                lock (counts)
                {
                    for (int cell = 0; cell < Count; cell++)
                    {
                        counts[cell] += own.Counts[cell];
                    }
                }
            });
        return [.. counts.Select(count => (double)count / Words)];
    }
}
