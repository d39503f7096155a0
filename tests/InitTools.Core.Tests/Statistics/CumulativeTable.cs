namespace InitTools.Core.Tests.Statistics;

/// <summary>
/// A law's distribution function fast enough for 2^32 values: cubic Hermite interpolation of MathNet's values and
/// densities. With nodes h apart the error is at most h^4/384 max|F''''|: below 1e-14 here.
/// </summary>
internal sealed class CumulativeTable
{
    private const int Intervals = 1 << 14;

    // Normal values beyond are evaluated directly.
    private const double Reach = 8;

    private readonly ReferenceLaw _law;
    private readonly double _low;
    private readonly double _high;
    private readonly double _perUnit;
    private readonly double[] _coefficients = new double[4 * Intervals];

    public CumulativeTable(ReferenceLaw law)
    {
        _law = law;
        _low = Math.Max(law.Minimum, -Reach);
        _high = Math.Min(law.Maximum, Reach);
        double step = (_high - _low) / Intervals;
        _perUnit = Intervals / (_high - _low);
        for (int i = 0; i < Intervals; i++)
        {
            double left = _low + i * step;
            double right = _low + (i + 1) * step;
            double value = law.Cumulative(left);
            double rise = law.Cumulative(right) - value;
            double slope = step * law.Density(left);
            double endSlope = step * law.Density(right);
            _coefficients[4 * i] = value;
            _coefficients[4 * i + 1] = slope;
            _coefficients[4 * i + 2] = 3 * rise - 2 * slope - endSlope;
            _coefficients[4 * i + 3] = slope + endSlope - 2 * rise;
        }
    }

    /// <summary>P(w &lt;= x).</summary>
    public double this[double x]
    {
        get
        {
            double position = (x - _low) * _perUnit;
            if (!(position >= 0 && position < Intervals))
            {
                return _law.Cumulative(x);
            }

            int interval = (int)position;
            double t = position - interval;
            ReadOnlySpan<double> c = _coefficients.AsSpan(4 * interval, 4);
            return ((c[3] * t + c[2]) * t + c[1]) * t + c[0];
        }
    }
}
