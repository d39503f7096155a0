using System.Numerics;
using System.Runtime.InteropServices;

namespace InitTools.Core.Tests.Statistics;

/// <summary>The sums and counts of one pass over a sample, from which every check is made.</summary>
internal sealed class SampleSummary
{
    /// <summary>The highest moment that is summed.</summary>
    public const int HighestMoment = 8;

    // Short enough for the first-level cache.
    private const int TileLength = 1024;

    private SampleSummary(Sample sample)
    {
        Sample = sample;
        PowerSums = new double[HighestMoment + 1];
        TailCounts = new long[sample.Law.TailThresholds.Count];
        LagProducts = new double[Lags.Count];
        LagSquareProducts = new double[Lags.Count];
        PartnerProducts = new double[sample.Partners.Count];
        PartnerSquareProducts = new double[sample.Partners.Count];
        KolmogorovDistances = new double[sample.Blocks];
        AndersonDarlingStatistics = new double[sample.Blocks];
    }

    /// <summary>The distances of serial correlation: 1 to 64, which holds the strides 16 and 64, and 4096.</summary>
    public static IReadOnlyList<int> Lags { get; } = [.. Enumerable.Range(1, 64), 4096];

    /// <summary>What was drawn.</summary>
    public Sample Sample { get; }

    /// <summary>The sums of w^k by k.</summary>
    public double[] PowerSums { get; }

    /// <summary>Values in each cell of equal probability.</summary>
    public long[] Cells { get; } = new long[CellProbabilities.Count];

    /// <summary>Values beyond each of the law's tail thresholds.</summary>
    public long[] TailCounts { get; }

    /// <summary>Values that the law does not have: NaN, or outside its bounds.</summary>
    public long Outside { get; private set; }

    /// <summary>The sums of w_i w_{i+lag}.</summary>
    public double[] LagProducts { get; }

    /// <summary>The sums of v_i v_{i+lag} with v = w^2 - E[w^2].</summary>
    public double[] LagSquareProducts { get; }

    /// <summary>The sums of w_i w'_i by partner.</summary>
    public double[] PartnerProducts { get; }

    /// <summary>The sums of v_i v'_i by partner.</summary>
    public double[] PartnerSquareProducts { get; }

    /// <summary>Kolmogorov and Smirnov's distance of each block.</summary>
    public double[] KolmogorovDistances { get; }

    /// <summary>Anderson and Darling's statistic of each block.</summary>
    public double[] AndersonDarlingStatistics { get; }

    /// <summary>Draws the sample and sums it up. The result does not depend on the number of threads.</summary>
    public static SampleSummary Measure(Sample sample, ParallelOptions options)
    {
        CumulativeTable cumulative = new(sample.Law);
        var blocks = new BlockSums[sample.Blocks];
        SampleSummary summary = new(sample);
        Parallel.For(
            0,
            sample.Blocks,
            options,
            () => new Worker(sample, cumulative),
            (block, _, worker) =>
            {
                blocks[block] = worker.Measure(block, summary);
                return worker;
            },
            worker => summary.AddCounts(worker));
        foreach (BlockSums sums in blocks)
        {
            Add(sums.Powers, summary.PowerSums);
            Add(sums.Lags, summary.LagProducts);
            Add(sums.LagSquares, summary.LagSquareProducts);
            Add(sums.Partners, summary.PartnerProducts);
            Add(sums.PartnerSquares, summary.PartnerSquareProducts);
        }

        return summary;
    }

    private void AddCounts(Worker worker)
    {
        lock (Cells)
        {
            Add(worker.Cells, Cells);
            Add(worker.TailCounts, TailCounts);
            Outside += worker.Outside;
        }
    }

    private static void Add<T>(ReadOnlySpan<T> terms, Span<T> sums)
        where T : struct, INumber<T>
    {
        for (int i = 0; i < terms.Length; i++)
        {
            sums[i] += terms[i];
        }
    }

    private sealed record BlockSums(
        double[] Powers,
        double[] Lags,
        double[] LagSquares,
        double[] Partners,
        double[] PartnerSquares);

    /// <summary>One thread's buffers and counts.</summary>
    private sealed class Worker(Sample sample, CumulativeTable cumulative)
    {
        private readonly double[] _values = new double[sample.BlockLength + Lags.Max()];
        private readonly double[] _squares = new double[sample.BlockLength + Lags.Max()];
        private readonly double[] _partner = new double[sample.BlockLength];
        private readonly double[] _cumulative = new double[sample.BlockLength];
        private readonly int[] _cellEnds = new int[CellProbabilities.Count];

        public long[] Cells { get; } = new long[CellProbabilities.Count];

        public long[] TailCounts { get; } = new long[sample.Law.TailThresholds.Count];

        public long Outside { get; private set; }

        public BlockSums Measure(int block, SampleSummary summary)
        {
            // The elements behind the block are the right-hand partners of its last ones.
            long offset = (long)block * sample.BlockLength;
            sample.Source(_values, offset);
            Square(_values, _squares);
            Span<double> values = _values.AsSpan(0, sample.BlockLength);
            Span<double> squares = _squares.AsSpan(0, sample.BlockLength);
            BlockSums sums = new(
                Powers(values),
                LagProducts(_values),
                LagProducts(_squares),
                new double[sample.Partners.Count],
                new double[sample.Partners.Count]);
            CountTails(values);
            Span<double> sorted = Sort(values);
            summary.KolmogorovDistances[block] = KolmogorovDistance(sorted);
            summary.AndersonDarlingStatistics[block] = AndersonDarling(sorted);
            for (int i = 0; i < sample.Partners.Count; i++)
            {
                sample.Partners[i].Source(_partner, offset);
                sums.Partners[i] = Dot(values, _partner);
                Square(_partner, _partner);
                sums.PartnerSquares[i] = Dot(squares, _partner);
            }

            return sums;
        }

        private void Square(ReadOnlySpan<double> values, Span<double> squares)
        {
            double secondMoment = sample.Law.Moment(2);
            for (int i = 0; i < values.Length; i++)
            {
                squares[i] = values[i] * values[i] - secondMoment;
            }
        }

        private static double[] Powers(ReadOnlySpan<double> values)
        {
            double s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0, s8 = 0;
            foreach (double w in values)
            {
                double w2 = w * w;
                double w4 = w2 * w2;
                double w3 = w2 * w;
                s1 += w;
                s2 += w2;
                s3 += w3;
                s4 += w4;
                s5 += w4 * w;
                s6 += w4 * w2;
                s7 += w4 * w3;
                s8 += w4 * w4;
            }

            return [values.Length, s1, s2, s3, s4, s5, s6, s7, s8];
        }

        private void CountTails(ReadOnlySpan<double> values)
        {
            double minimum = sample.Law.Minimum;
            double maximum = sample.Law.Maximum;
            double first = sample.Law.TailThresholds[0];
            foreach (double w in values)
            {
                if (w >= -first && w < first)
                {
                    continue;
                }

                if (!(w >= minimum && w <= maximum))
                {
                    Outside++;
                }

                for (int i = 0; i < TailCounts.Length; i++)
                {
                    double threshold = sample.Law.TailThresholds[i];
                    TailCounts[i] += w < -threshold || w >= threshold ? 1 : 0;
                }
            }
        }

        /// <summary>
        /// Counts the cells and returns F(w) in ascending order: into the cells, then by insertion. Overwrites the
        /// partner buffer.
        /// </summary>
        private Span<double> Sort(ReadOnlySpan<double> values)
        {
            Array.Clear(_cellEnds);
            for (int i = 0; i < values.Length; i++)
            {
                // NaN, which has been counted, goes where it does no harm.
                double u = cumulative[values[i]];
                u = u >= 0 ? u : 0.5;
                _cumulative[i] = u;
                _cellEnds[CellProbabilities.CellOf(u)]++;
            }

            int end = 0;
            for (int cell = 0; cell < Cells.Length; cell++)
            {
                int count = _cellEnds[cell];
                Cells[cell] += count;
                _cellEnds[cell] = end;
                end += count;
            }

            // Each cell's entry moves from its start to its end as it fills.
            Span<double> sorted = _partner;
            foreach (double u in _cumulative)
            {
                sorted[_cellEnds[CellProbabilities.CellOf(u)]++] = u;
            }

            for (int i = 1; i < sorted.Length; i++)
            {
                double u = sorted[i];
                int position = i;
                while (position > 0 && sorted[position - 1] > u)
                {
                    sorted[position] = sorted[position - 1];
                    position--;
                }

                sorted[position] = u;
            }

            return sorted;
        }

        private static double KolmogorovDistance(ReadOnlySpan<double> sorted)
        {
            double step = 1.0 / sorted.Length;
            double distance = 0;
            for (int i = 0; i < sorted.Length; i++)
            {
                double excess = sorted[i] - i * step;
                distance = Math.Max(distance, Math.Max(excess, step - excess));
            }

            return distance;
        }

        private static double AndersonDarling(ReadOnlySpan<double> sorted)
        {
            // A value on the edge of a bounded law stands for the half grid step beside it.
            const double Edge = 1.0 / (1 << 25);
            int n = sorted.Length;
            double sum = 0;
            for (int i = 0; i < n; i++)
            {
                double below = sorted[i];
                double above = 1 - sorted[n - 1 - i];
                sum += (2 * i + 1) * Math.Log((below > 0 ? below : Edge) * (above > 0 ? above : Edge));
            }

            return -n - sum / n;
        }

        /// <summary>The sums of w_i w_{i+lag} over the block, by lag.</summary>
        private double[] LagProducts(ReadOnlySpan<double> values)
        {
            double[] sums = new double[Lags.Count];
            for (int start = 0; start < sample.BlockLength; start += TileLength)
            {
                ReadOnlySpan<double> tile = values.Slice(start, Math.Min(TileLength, sample.BlockLength - start));
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] += Dot(tile, values.Slice(start + Lags[i], tile.Length));
                }
            }

            return sums;
        }

        private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
        {
            ReadOnlySpan<Vector<double>> a = MemoryMarshal.Cast<double, Vector<double>>(left);
            ReadOnlySpan<Vector<double>> b = MemoryMarshal.Cast<double, Vector<double>>(right)[..a.Length];
            Vector<double> s0 = Vector<double>.Zero;
            Vector<double> s1 = Vector<double>.Zero;
            Vector<double> s2 = Vector<double>.Zero;
            Vector<double> s3 = Vector<double>.Zero;
            int i = 0;
            for (; i < a.Length - 3; i += 4)
            {
                s0 = Vector.FusedMultiplyAdd(a[i], b[i], s0);
                s1 = Vector.FusedMultiplyAdd(a[i + 1], b[i + 1], s1);
                s2 = Vector.FusedMultiplyAdd(a[i + 2], b[i + 2], s2);
                s3 = Vector.FusedMultiplyAdd(a[i + 3], b[i + 3], s3);
            }

            double sum = Vector.Sum(s0 + s1 + (s2 + s3));
            for (int rest = i * Vector<double>.Count; rest < left.Length; rest++)
            {
                sum += left[rest] * right[rest];
            }

            return sum;
        }
    }
}
