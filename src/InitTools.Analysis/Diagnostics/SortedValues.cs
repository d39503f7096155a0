using System.Numerics;

namespace InitTools.Analysis;

/// <summary>One bin of a histogram.</summary>
/// <param name="LowerBound">The smallest value counted here.</param>
/// <param name="UpperBound">The end of the bin, which belongs to the next one; to this one if it is the last.</param>
/// <param name="Count">How many values lie in it.</param>
public readonly record struct HistogramBin(double LowerBound, double UpperBound, long Count);

/// <summary>Finite numbers in ascending order, of which quantiles and histograms are read.</summary>
internal sealed class SortedValues
{
    private readonly double[] _values;

    private SortedValues(double[] values) => _values = values;

    /// <summary>The finite ones of the values.</summary>
    public static SortedValues Of<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] finite = new double[values.Length];
        int count = 0;
        foreach (T value in values)
        {
            if (T.IsFinite(value))
            {
                finite[count++] = double.CreateTruncating(value);
            }
        }

        Array.Resize(ref finite, count);
        Array.Sort(finite);
        return new SortedValues(finite);
    }

    /// <summary>
    /// The quantile at p, interpolated between the values at the places around p (n - 1), counted from 0 (Hyndman and
    /// Fan's type 7, the default of NumPy and R); NaN where there are no values.
    /// </summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidArgument"/>: p outside 0 to 1.</exception>
    public double Quantile(double probability)
    {
        if (!(probability >= 0 && probability <= 1))
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"The probability of a quantile is {Invariant(probability)}; it is a number from 0 to 1.",
                probability);
        }

        if (_values.Length == 0)
        {
            return double.NaN;
        }

        double place = probability * (_values.Length - 1);
        int below = (int)Math.Floor(place);
        int above = Math.Min(below + 1, _values.Length - 1);
        double share = place - below;

        // Weighted so, and not by a difference, it cannot overflow and is exact at both ends.
        return share == 0 ? _values[below] : _values[below] * (1 - share) + _values[above] * share;
    }

    /// <summary>
    /// The numbers of values in bins of equal width from the smallest to the largest value; one bin where all values
    /// are equal, none where there are no values.
    /// </summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidArgument"/>: no bins asked for.</exception>
    public HistogramBin[] Histogram(int binCount)
    {
        if (binCount < 1)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"A histogram of {Invariant(binCount)} bins was asked for; it has 1 or more.",
                binCount);
        }

        if (_values.Length == 0)
        {
            return [];
        }

        double smallest = _values[0];
        double largest = _values[^1];
        if (smallest == largest)
        {
            return [new HistogramBin(smallest, largest, _values.Length)];
        }

        var bins = new HistogramBin[binCount];
        double lower = smallest;
        int counted = 0;
        for (int bin = 0; bin < binCount; bin++)
        {
            double share = (bin + 1.0) / binCount;
            double upper = bin == binCount - 1 ? largest : smallest * (1 - share) + largest * share;
            int end = bin == binCount - 1 ? _values.Length : CountBelow(upper);
            bins[bin] = new HistogramBin(lower, upper, end - counted);
            (lower, counted) = (upper, end);
        }

        return bins;
    }

    private static string Invariant(IFormattable number) =>
        number.ToString(null, System.Globalization.CultureInfo.InvariantCulture);

    private int CountBelow(double bound)
    {
        int from = 0;
        int to = _values.Length;
        while (from < to)
        {
            int middle = from + (to - from) / 2;
            (from, to) = _values[middle] < bound ? (middle + 1, to) : (from, middle);
        }

        return from;
    }
}
