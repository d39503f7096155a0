using System.Numerics;

namespace InitTools.Core.Tests.Kernels;

/// <summary>
/// Elementary functions to some 120 digits, from their series in fixed-point arithmetic: the truth that our own
/// functions are measured against. Shares no code with them.
/// </summary>
internal static class HighPrecision
{
    private const int FractionBits = 512;
    private static readonly BigInteger s_one = BigInteger.One << FractionBits;
    private static readonly BigInteger s_ln2 = 2 * ArtanhOfReciprocal(3);
    private static readonly BigInteger s_pi = 4 * ((4 * ArctanOfReciprocal(5)) - ArctanOfReciprocal(239));

    public static Fixed Of(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0 : 1L << 52);
        int shift = Math.Max(exponent, 1) - 1075 + FractionBits;
        BigInteger magnitude = shift >= 0 ? mantissa << shift : mantissa >> -shift;
        return new Fixed(value < 0 ? -magnitude : magnitude);
    }

    /// <summary>e^x as a mantissa and a power of two, since small results would vanish in fixed point.</summary>
    public static Scaled Exp(Fixed x)
    {
        int n = (int)BigInteger.Divide((2 * x.Value) + s_ln2, 2 * s_ln2);
        BigInteger r = x.Value - (n * s_ln2);
        return new Scaled(ExpSeries(r), n);
    }

    /// <summary>e^x - 1 for |x| below 1; beyond, <see cref="Exp"/> serves.</summary>
    public static Scaled Expm1(Fixed x)
    {
        Scaled exp = Exp(x);
        return new Scaled((exp.Power >= 0 ? exp.Mantissa << exp.Power : exp.Mantissa >> -exp.Power) - s_one, 0);
    }

    public static Scaled Log(double x)
    {
        int exponent = Math.ILogB(x);
        return LogOfMantissa(Of(Math.ScaleB(x, -exponent)).Value, exponent);
    }

    public static Scaled Log1p(double x) => LogOfMantissa(s_one + Of(x).Value, 0);

    public static Scaled Sin(Fixed x) => SinOfReduced(x.Value, 0);

    public static Scaled Cos(Fixed x) => SinOfReduced(x.Value, 1);

    public static Scaled SinHalfTurns(double f) => new(SinSeries(Of(f).Value * s_pi >> FractionBits), 0);

    public static Scaled CosHalfTurns(double f) => SinOfReduced(Of(f).Value * s_pi >> FractionBits, 1);

    public static Scaled Tanh(double x)
    {
        BigInteger t = Expm1(Of(2 * x)).Mantissa;
        return new Scaled((t << FractionBits) / (t + (2 * s_one)), 0);
    }

    /// <summary>erf x = 2/sqrt(pi) e^(-x^2) sum of 2^n x^(2n+1) / (2n+1)!!, all of whose terms have one sign.</summary>
    public static Scaled Erf(double x)
    {
        BigInteger fixedX = Of(x).Value;
        BigInteger square = fixedX * fixedX >> FractionBits;
        BigInteger term = fixedX;
        BigInteger sum = 0;
        for (int n = 0; !term.IsZero && !term.Equals(BigInteger.MinusOne); n++)
        {
            sum += term;
            term = (2 * term * square >> FractionBits) / ((2 * n) + 3);
        }

        Scaled gaussian = Exp(new Fixed(-square));
        BigInteger rootPi = Sqrt(s_pi << FractionBits);
        BigInteger scaled = (2 * sum * gaussian.Mantissa) / rootPi;
        return new Scaled(gaussian.Power >= 0 ? scaled << gaussian.Power : scaled >> -gaussian.Power, 0);
    }

    public static Scaled Erfc(double x) => new(s_one - Erf(x).Mantissa, 0);

    /// <summary>P(Z &lt;= x), x taken as it is.</summary>
    public static Scaled NormalDistribution(double x)
    {
        // x / sqrt 2 is no double: the series once more with the exact square x^2 / 2.
        BigInteger fixedX = Of(x).Value;
        BigInteger square = fixedX * fixedX >> (FractionBits + 1);
        BigInteger term = s_one;
        BigInteger sum = 0;
        for (int n = 0; !term.IsZero; n++)
        {
            sum += term;
            term = (2 * term * square >> FractionBits) / ((2 * n) + 3);
        }

        Scaled gaussian = Exp(new Fixed(-square));
        BigInteger density = (gaussian.Mantissa << FractionBits) / Sqrt((2 * s_pi) << FractionBits) >> -gaussian.Power;
        return new Scaled((s_one / 2) + (sum * fixedX / s_one * density >> FractionBits), 0);
    }

    /// <summary>How far a float64 result lies from the truth, in units in the last place of the truth.</summary>
    public static double UnitsInLastPlace(double result, Scaled truth) => Error(result, truth, 53, -1074);

    /// <summary>How far a float32 result lies from the truth, in units in the last place of the truth.</summary>
    public static double UnitsInLastPlace(float result, Scaled truth) => Error(result, truth, 24, -149);

    private static double Error(double result, Scaled truth, int precision, int smallestPower)
    {
        // The unit is 2^(bits before the binary point - precision), and at least the smallest subnormal number.
        long length = (long)BigInteger.Abs(truth.Mantissa).GetBitLength() - FractionBits + truth.Power;
        long unitPower = Math.Max(length - precision, smallestPower);
        BigInteger resultAtScale = OfScaled(result, -(int)unitPower);
        int shift = truth.Power - (int)unitPower;
        BigInteger truthAtScale = shift >= 0 ? truth.Mantissa << shift : truth.Mantissa >> -shift;
        return (double)((resultAtScale - truthAtScale) >> (FractionBits - 40)) / (1L << 40);
    }

    private static BigInteger OfScaled(double value, int power)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0 : 1L << 52);
        int shift = Math.Max(exponent, 1) - 1075 + FractionBits + power;
        BigInteger magnitude = shift >= 0 ? mantissa << shift : mantissa >> -shift;
        return value < 0 ? -magnitude : magnitude;
    }

    private static BigInteger ExpSeries(BigInteger r)
    {
        BigInteger term = s_one;
        BigInteger sum = 0;
        for (int n = 1; !term.IsZero && !term.Equals(BigInteger.MinusOne); n++)
        {
            sum += term;
            term = (term * r >> FractionBits) / n;
        }

        return sum;
    }

    private static BigInteger SinSeries(BigInteger r)
    {
        BigInteger square = r * r >> FractionBits;
        BigInteger term = r;
        BigInteger sum = 0;
        for (int n = 1; !term.IsZero && !term.Equals(BigInteger.MinusOne); n += 2)
        {
            sum += term;
            term = -(term * square >> FractionBits) / ((n + 1) * (n + 2));
        }

        return sum;
    }

    private static Scaled SinOfReduced(BigInteger x, int quarterTurns)
    {
        // x + quarterTurns pi/2 = k pi + r with |r| at most pi/2.
        BigInteger shifted = x + (quarterTurns * s_pi / 2);
        BigInteger k = BigInteger.Divide((2 * shifted) + (shifted.Sign * s_pi), 2 * s_pi);
        BigInteger sine = SinSeries(shifted - (k * s_pi));
        return new Scaled(k.IsEven ? sine : -sine, 0);
    }

    private static Scaled LogOfMantissa(BigInteger m, int exponent)
    {
        // The series needs m near 1.
        int excess = (int)m.GetBitLength() - 1 - FractionBits;
        m = excess >= 0 ? m >> excess : m << -excess;
        exponent += excess;
        BigInteger s = ((m - s_one) << FractionBits) / (m + s_one);
        BigInteger square = s * s >> FractionBits;
        BigInteger power = s;
        BigInteger sum = 0;
        for (int n = 1; !power.IsZero && !power.Equals(BigInteger.MinusOne); n += 2)
        {
            sum += power / n;
            power = power * square >> FractionBits;
        }

        return new Scaled((2 * sum) + (exponent * s_ln2), 0);
    }

    private static BigInteger ArtanhOfReciprocal(int n) => ReciprocalSeries(n, 1);

    private static BigInteger ArctanOfReciprocal(int n) => ReciprocalSeries(n, -1);

    private static BigInteger ReciprocalSeries(int n, int sign)
    {
        BigInteger power = (BigInteger.One << FractionBits) / n;
        BigInteger sum = 0;
        for (int k = 1; !power.IsZero; k += 2)
        {
            sum += (k % 4 == 1 ? 1 : sign) * power / k;
            power /= n * n;
        }

        return sum;
    }

    private static BigInteger Sqrt(BigInteger value)
    {
        BigInteger root = BigInteger.One << (((int)value.GetBitLength() / 2) + 1);
        while (true)
        {
            BigInteger next = (root + (value / root)) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }

    /// <summary>A number times 2^512.</summary>
    internal readonly record struct Fixed(BigInteger Value);

    /// <summary>Mantissa * 2^(Power - 512).</summary>
    internal readonly record struct Scaled(BigInteger Mantissa, int Power);
}
