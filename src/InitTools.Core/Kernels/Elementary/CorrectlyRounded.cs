namespace InitTools.Kernels.Elementary;

/// <summary>
/// Logarithm, sine and cosine in some 75 bits, rounded once to double: the number nearest to the true value but for
/// about one argument in a million. Where a foreign generator calls the C library, whose functions come as near as that
/// for all but about one argument in 500, these come closest to it while giving the same bits on every machine.
/// </summary>
internal static class CorrectlyRounded
{
    // The first terms of each series are summed in double-double, the rest, which weighs 2^-24 or less, in double.
    private const int PreciseTerms = 5;
    private const int LogTerms = 17;
    private const int CircularTerms = 13;

    private static readonly DoubleDouble s_ln2 = new(0.6931471805599453, 2.3190468138462996E-17);

    // pi/2 in three parts; the sum of all carries 160 bits.
    private static readonly double[] s_halfPi = [1.5707963267948966, 6.123233995736766E-17, -1.4973849048591698E-33];

    private static readonly DoubleDouble[] s_log = Series(LogTerms, k => new DoubleDouble(2 * k + 1, 0));
    private static readonly DoubleDouble[] s_sine = Series(CircularTerms, k => Factorial(2 * k + 1, k));
    private static readonly DoubleDouble[] s_cosine = Series(CircularTerms, k => Factorial(2 * k, k));

    /// <summary>ln x for positive normal x: x = 2^e m, ln m = 2 artanh((m - 1) / (m + 1)).</summary>
    public static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        long e = (bits - 0x3FE6A09E667F3BCD) >> 52;
        double m = BitConverter.Int64BitsToDouble(bits - (e << 52));
        DoubleDouble s = new DoubleDouble(m - 1, 0) / DoubleDouble.Sum(m, 1);
        DoubleDouble ln = Evaluate(s_log, s * s) * s;
        DoubleDouble twice = new(2 * ln.High, 2 * ln.Low);
        return ((new DoubleDouble(e, 0) * s_ln2) + twice).High;
    }

    /// <summary>sin x for |x| up to 2^20.</summary>
    public static double Sin(double x) => Circular(x, 0);

    /// <summary>cos x for |x| up to 2^20.</summary>
    public static double Cos(double x) => Circular(x, 1);

    private static double Circular(double x, int quadrant)
    {
        double turns = Math.Round(x * (1 / s_halfPi[0]));
        DoubleDouble first = DoubleDouble.Product(-turns, s_halfPi[0]);
        DoubleDouble second = DoubleDouble.Product(-turns, s_halfPi[1]);
        DoubleDouble r = DoubleDouble.Sum(x, first.High) + new DoubleDouble(first.Low, 0) + second
            + new DoubleDouble(-turns * s_halfPi[2], 0);
        DoubleDouble square = r * r;
        quadrant += (int)turns;
        DoubleDouble value = (quadrant & 1) == 0 ? Evaluate(s_sine, square) * r : Evaluate(s_cosine, square);
        return (quadrant & 2) == 0 ? value.High : -value.High;
    }

    private static DoubleDouble Evaluate(DoubleDouble[] series, DoubleDouble x)
    {
        double rest = series[^1].High;
        for (int k = series.Length - 2; k >= PreciseTerms; k--)
        {
            rest = Math.FusedMultiplyAdd(rest, x.High, series[k].High);
        }

        DoubleDouble sum = new(rest, 0);
        for (int k = PreciseTerms - 1; k >= 0; k--)
        {
            sum = (sum * x) + series[k];
        }

        return sum;
    }

    private static DoubleDouble[] Series(int terms, Func<int, DoubleDouble> denominator) =>
        [.. Enumerable.Range(0, terms).Select(k => new DoubleDouble(1, 0) / denominator(k))];

    // n! with the sign of term k.
    private static DoubleDouble Factorial(int n, int k)
    {
        DoubleDouble product = new(k % 2 == 0 ? 1 : -1, 0);
        for (int factor = 2; factor <= n; factor++)
        {
            product *= new DoubleDouble(factor, 0);
        }

        return product;
    }
}
