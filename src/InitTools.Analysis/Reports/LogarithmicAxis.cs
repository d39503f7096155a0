using System.Globalization;
using InitTools.Kernels;

namespace InitTools.Analysis.Reports;

/// <summary>
/// A vertical axis in rows of text, from a power of ten to another one: where a value stands, and which rows are
/// labelled. A row of its own holds zeros, and one infinities, where there are any.
/// </summary>
internal sealed class LogarithmicAxis
{
    private const double Tolerance = 1e-9;

    // Rows of a decade that have room for the labels of 2 and 5 too.
    private const int RowsForFineLabels = 4;

    private static readonly double s_ln10 = DeterministicMath.Log(10.0);
    private static readonly int[] s_steps = [1, 2, 3, 5, 10, 20, 50, 100, 200];

    private readonly int _lowest;
    private readonly int _highest;
    private readonly int _rowCount;
    private readonly bool _hasInfinity;
    private readonly bool _hasZero;

    /// <summary>The axis on which all values have a place.</summary>
    /// <param name="values">Figures of 0 or more.</param>
    /// <param name="rowCount">Rows from one end of the powers of ten to the other.</param>
    public LogarithmicAxis(IReadOnlyCollection<double> values, int rowCount)
    {
        _rowCount = rowCount;
        _hasZero = values.Contains(0);
        _hasInfinity = values.Any(double.IsPositiveInfinity);
        double[] exponents = [.. values.Where(value => value > 0 && double.IsFinite(value)).Select(ExponentOf)];
        double smallest = exponents.DefaultIfEmpty(0).Min();
        double largest = exponents.DefaultIfEmpty(0).Max();
        _lowest = (int)Math.Floor(smallest + Tolerance);
        _highest = (int)Math.Ceiling(largest - Tolerance);
        if (_lowest == _highest)
        {
            _lowest--;
            _highest++;
        }

        Labels = Label();
    }

    /// <summary>All rows, from the top.</summary>
    public int RowCount => _rowCount + (_hasInfinity ? 1 : 0) + (_hasZero ? 1 : 0);

    /// <summary>The rows that are labelled, and how.</summary>
    public IReadOnlyDictionary<int, string> Labels { get; }

    /// <summary>The row, from 0 at the top, of a figure of 0 or more.</summary>
    public int RowOf(double value) =>
        value == 0 ? RowCount - 1
        : double.IsPositiveInfinity(value) ? 0
        : RowOfExponent(ExponentOf(value));

    private static double ExponentOf(double value) => DeterministicMath.Log(value) / s_ln10;

    private int RowOfExponent(double exponent)
    {
        double share = (exponent - _lowest) / (_highest - _lowest);
        return (_hasInfinity ? 1 : 0) + (int)Math.Round((1 - share) * (_rowCount - 1));
    }

    private Dictionary<int, string> Label()
    {
        Dictionary<int, string> labels = [];
        int decades = _highest - _lowest;
        int step = s_steps.First(step => decades / step <= _rowCount / 2);
        for (int exponent = _lowest; exponent <= _highest; exponent++)
        {
            if (exponent % step == 0)
            {
                labels.TryAdd(RowOfExponent(exponent), TextOf(1, exponent));
            }
        }

        if ((_rowCount - 1) / decades >= RowsForFineLabels)
        {
            for (int exponent = _lowest; exponent < _highest; exponent++)
            {
                labels.TryAdd(RowOfExponent(exponent + ExponentOf(2)), TextOf(2, exponent));
                labels.TryAdd(RowOfExponent(exponent + ExponentOf(5)), TextOf(5, exponent));
            }
        }

        if (_hasInfinity)
        {
            labels[0] = CultureInfo.CurrentCulture.NumberFormat.PositiveInfinitySymbol;
        }

        if (_hasZero)
        {
            labels[RowCount - 1] = "0";
        }

        return labels;
    }

    private static string TextOf(int factor, int exponent)
    {
        const int LargestPlain = 3;
        if (Math.Abs(exponent) > LargestPlain)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{factor}e{exponent:+0;-0}");
        }

        decimal value = factor;
        for (int i = 0; i < Math.Abs(exponent); i++)
        {
            value = exponent > 0 ? value * 10 : value / 10;
        }

        return value.ToString("0.###", CultureInfo.CurrentCulture);
    }
}
