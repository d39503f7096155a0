using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Elementary;

/// <summary>
/// Logarithm, sine and cosine in some 75 bits, rounded once to float64: the number nearest to the true value but for
/// about one argument in a million. Where a foreign generator calls the C library, whose functions come as near as that
/// for all but about one argument in 500, these come closest to it while giving the same bits on every machine.
/// </summary>
internal static class CorrectlyRounded
{
    private const MethodImplOptions Kernel = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    // The first terms of each series are summed in double-double, the rest, which weighs 2^-24 or less, in float64.
    private const int PreciseTerms = 5;
    private const int LogTerms = 17;
    private const int CircularTerms = 13;

    // Adding it leaves a whole number in the low bits of the pattern.
    private const double RoundingShift = 6755399441055744;

    private const double Ln2High = 0.6931471805599453;
    private const double Ln2Low = 2.3190468138462996E-17;

    // pi/2 in three parts; the sum of all carries 160 bits.
    private const double HalfPiHigh = 1.5707963267948966;
    private const double HalfPiMiddle = 6.123233995736766E-17;
    private const double HalfPiLow = -1.4973849048591698E-33;

    private static readonly double[] s_log = Series(LogTerms, k => Number(2 * k + 1));
    private static readonly double[] s_sine = Series(CircularTerms, k => Factorial(2 * k + 1, k));
    private static readonly double[] s_cosine = Series(CircularTerms, k => Factorial(2 * k, k));

    /// <summary>ln x for positive normal x.</summary>
    public static double Log(double x) => ScalarDouble.ToElement(Log(ScalarDouble.Broadcast(x)));

    /// <summary>sin x and cos x for |x| up to 2^20.</summary>
    public static (double Sine, double Cosine) SinCos(double x)
    {
        (ScalarDouble sine, ScalarDouble cosine) = SinCos(ScalarDouble.Broadcast(x));
        return (ScalarDouble.ToElement(sine), ScalarDouble.ToElement(cosine));
    }

    /// <summary>ln x for positive normal x: x = 2^e m, ln m = 2 artanh((m - 1) / (m + 1)).</summary>
    [MethodImpl(Kernel)]
    public static T Log<T>(T x)
        where T : struct, ILanes<T>
    {
        T steps = T.ShiftBitsRightSigned(T.SubtractBits(x, T.FromBits(0x3FE6A09E667F3BCD)), 52);
        T m = T.SubtractBits(x, T.ShiftBitsLeft(steps, 52));
        T e = T.ConvertBits(steps);
        T one = T.Create(1.0);
        DoubleDouble<T> s = DoubleDouble<T>.Divide(m - one, DoubleDouble<T>.Sum(m, one));
        DoubleDouble<T> half = Evaluate(s_log, s * s) * s;
        DoubleDouble<T> power = DoubleDouble<T>.Product(e, T.Create(Ln2High));
        DoubleDouble<T> sum = DoubleDouble<T>.Sum(power.High, half.High + half.High);
        return sum.High + (sum.Low + (half.Low + half.Low + T.FusedMultiplyAdd(e, T.Create(Ln2Low), power.Low)));
    }

    /// <summary>sin x and cos x for |x| up to 2^20, reduced by the nearest multiple of pi/2.</summary>
    [MethodImpl(Kernel)]
    public static (T Sine, T Cosine) SinCos<T>(T x)
        where T : struct, ILanes<T>
    {
        T shift = T.Create(RoundingShift);
        T quadrant = T.FusedMultiplyAdd(x, T.Create(1 / HalfPiHigh), shift);
        T turns = shift - quadrant;

        // The multiple is so near to x that their difference is exact.
        DoubleDouble<T> high = DoubleDouble<T>.Product(turns, T.Create(HalfPiHigh));
        DoubleDouble<T> middle = DoubleDouble<T>.Product(turns, T.Create(HalfPiMiddle));
        DoubleDouble<T> first = DoubleDouble<T>.Sum(x + high.High, high.Low);
        DoubleDouble<T> second = DoubleDouble<T>.Sum(first.High, middle.High);
        T rest = T.FusedMultiplyAdd(turns, T.Create(HalfPiLow), middle.Low);
        DoubleDouble<T> r = DoubleDouble<T>.Normalize(second.High, second.Low + first.Low + rest);

        DoubleDouble<T> square = r * r;
        T s = (Evaluate(s_sine, square) * r).High;
        DoubleDouble<T> cosine = Evaluate(s_cosine, square);
        T c = cosine.High + cosine.Low;
        T isOdd = T.SubtractBits(T.FromBits(0), quadrant & T.FromBits(1));
        T sineSign = T.ShiftBitsLeft(quadrant & T.FromBits(2), 62);
        T cosineSign = T.ShiftBitsLeft(T.AddBits(quadrant, T.FromBits(1)) & T.FromBits(2), 62);
        return (T.Select(isOdd, c, s) ^ sineSign, T.Select(isOdd, s, c) ^ cosineSign);
    }

    // A series is a list of High and Low in turn.
    [MethodImpl(Kernel)]
    private static DoubleDouble<T> Evaluate<T>(double[] series, DoubleDouble<T> x)
        where T : struct, ILanes<T>
    {
        T rest = T.Create(series[^2]);
        for (int k = series.Length - 4; k >= 2 * PreciseTerms; k -= 2)
        {
            rest = T.FusedMultiplyAdd(rest, x.High, T.Create(series[k]));
        }

        DoubleDouble<T> sum = new(rest, T.Create(0.0));
        for (int k = 2 * (PreciseTerms - 1); k >= 0; k -= 2)
        {
            DoubleDouble<T> coefficient = new(T.Create(series[k]), T.Create(series[k + 1]));
            sum = DoubleDouble<T>.MultiplyAdd(sum, x, coefficient);
        }

        return sum;
    }

    // 1 / denominator(k) of each k. Denominators are exact, or known to 106 bits.
    private static double[] Series(int terms, Func<int, DoubleDouble<ScalarDouble>> denominator) =>
    [
        .. Enumerable.Range(0, terms)
            .Select(k => DoubleDouble<ScalarDouble>.Divide(ScalarDouble.Create(1), denominator(k)))
            .SelectMany(term => new[] { ScalarDouble.ToElement(term.High), ScalarDouble.ToElement(term.Low) }),
    ];

    // n! with the sign of term k.
    private static DoubleDouble<ScalarDouble> Factorial(int n, int k) => Enumerable.Range(1, n)
        .Aggregate(Number(k % 2 == 0 ? 1 : -1), (product, factor) => product * Number(factor));

    private static DoubleDouble<ScalarDouble> Number(double value) =>
        new(ScalarDouble.Create(value), ScalarDouble.Create(0));
}
