using InitTools.Kernels;
using Xunit;

namespace InitTools.Core.Tests.Kernels;

/// <summary>Error bounds of the elementary functions against series in 512-bit arithmetic.</summary>
public class ElementaryFunctionTests
{
    private const int Count = 2000;

    [Fact]
    public void The_reference_itself_knows_familiar_numbers()
    {
        Assert.True(Math.Abs(HighPrecision.UnitsInLastPlace(Math.E, HighPrecision.Exp(HighPrecision.Of(1)))) < 0.5);
        Assert.True(Math.Abs(HighPrecision.UnitsInLastPlace(0.6931471805599453, HighPrecision.Log(2))) < 0.5);
        Assert.True(Math.Abs(HighPrecision.UnitsInLastPlace(0.8427007929497149, HighPrecision.Erf(1))) < 0.5);
        Assert.Equal(
            0, HighPrecision.UnitsInLastPlace(0.15865525393145705, HighPrecision.NormalDistribution(-1)), 1.0);
        Assert.Equal(
            1, HighPrecision.UnitsInLastPlace(Math.BitIncrement(0.5), HighPrecision.CosHalfTurns(1 / 3.0)), 0.5);
    }

    public static TheoryData<string, double, double, bool, double, double> Bounds() => new()
    {
        // function, from, to, logarithmic spacing, float64 bound, float32 bound
        { "Log", 1e-150, 1e150, true, 1.0, 1.0 },
        { "Log", 0.5, 2.0, false, 1.0, 1.0 },
        { "Log1p", 1e-18, 1e5, true, 2.0, 2.0 },
        { "Log1p", -0.999, 1.0, false, 2.0, 2.0 },
        { "Exp", -745.0, 709.0, false, 1.0, 1.0 },
        { "Exp", -1.0, 1.0, false, 1.0, 1.0 },
        { "Expm1", 1e-18, 80.0, true, 2.0, 2.0 },
        { "Expm1", -3.0, 3.0, false, 2.0, 2.0 },
        { "Sin", -10.0, 10.0, false, 2.0, 2.0 },
        { "Sin", 1.0, 1e4, true, 2.0, 2.0 },
        { "Cos", -10.0, 10.0, false, 2.0, 2.0 },
        { "Cos", 1.0, 1e4, true, 2.0, 2.0 },
        { "Tanh", 1e-18, 25.0, true, 3.0, 3.0 },
        { "Tanh", -2.0, 2.0, false, 3.0, 3.0 },
        { "Erf", 1e-18, 7.0, true, 2.0, 2.0 },
        { "Erf", -3.0, 3.0, false, 2.0, 2.0 },
        { "Erfc", -6.0, 9.0, false, 4.0, 4.0 },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Errors_stay_within_the_documented_bounds(
        string function, double from, double to, bool logarithmic, double doubleBound, double singleBound)
    {
        double worstDouble = 0;
        double worstSingle = 0;
        double atDouble = 0;
        double atSingle = 0;
        foreach (double x in Points(from, to, logarithmic))
        {
            double error = Math.Abs(HighPrecision.UnitsInLastPlace(Double(function, x), Truth(function, x)));
            if (error > worstDouble)
            {
                (worstDouble, atDouble) = (error, x);
            }

            float single = (float)x;
            HighPrecision.Scaled truth = float.IsNormal(single) ? Truth(function, single) : default;
            float result = Single(function, single);
            if (float.IsNormal(single) && float.IsFinite(result))
            {
                error = Math.Abs(HighPrecision.UnitsInLastPlace(result, truth));
                if (error > worstSingle)
                {
                    (worstSingle, atSingle) = (error, single);
                }
            }
        }

        Assert.True(worstDouble <= doubleBound, $"float64 {function}({atDouble:R}): {worstDouble:F3} ulp");
        Assert.True(worstSingle <= singleBound, $"float32 {function}({atSingle:R}): {worstSingle:F3} ulp");
    }

    private static IEnumerable<double> Points(double from, double to, bool logarithmic)
    {
        for (int i = 0; i <= Count; i++)
        {
            double t = (i + (0.37 * (i % 3))) / (Count + 1);
            yield return logarithmic ? from * Math.Pow(to / from, t) : from + ((to - from) * t);
        }
    }

    private static double Double(string function, double x) => function switch
    {
        "Log" => DeterministicMath.Log(x),
        "Log1p" => DeterministicMath.Log1p(x),
        "Exp" => DeterministicMath.Exp(x),
        "Expm1" => DeterministicMath.Expm1(x),
        "Sin" => DeterministicMath.Sin(x),
        "Cos" => DeterministicMath.Cos(x),
        "Tanh" => DeterministicMath.Tanh(x),
        "Erf" => DeterministicMath.Erf(x),
        "Erfc" => DeterministicMath.Erfc(x),
        _ => throw new ArgumentOutOfRangeException(nameof(function)),
    };

    private static float Single(string function, float x) => function switch
    {
        "Log" => DeterministicMath.Log(x),
        "Log1p" => DeterministicMath.Log1p(x),
        "Exp" => DeterministicMath.Exp(x),
        "Expm1" => DeterministicMath.Expm1(x),
        "Sin" => DeterministicMath.Sin(x),
        "Cos" => DeterministicMath.Cos(x),
        "Tanh" => DeterministicMath.Tanh(x),
        "Erf" => DeterministicMath.Erf(x),
        "Erfc" => DeterministicMath.Erfc(x),
        _ => throw new ArgumentOutOfRangeException(nameof(function)),
    };

    private static HighPrecision.Scaled Truth(string function, double x) => function switch
    {
        "Log" => HighPrecision.Log(x),
        "Log1p" => HighPrecision.Log1p(x),
        "Exp" => HighPrecision.Exp(HighPrecision.Of(x)),
        "Expm1" => HighPrecision.Expm1(HighPrecision.Of(x)),
        "Sin" => HighPrecision.Sin(HighPrecision.Of(x)),
        "Cos" => HighPrecision.Cos(HighPrecision.Of(x)),
        "Tanh" => HighPrecision.Tanh(x),
        "Erf" => HighPrecision.Erf(x),
        "Erfc" => HighPrecision.Erfc(x),
        _ => throw new ArgumentOutOfRangeException(nameof(function)),
    };

    [Fact]
    public void The_normal_distribution_keeps_its_tail()
    {
        for (double x = -8; x <= 8; x += 0.0137)
        {
            double error = HighPrecision.UnitsInLastPlace(
                DeterministicMath.NormalDistribution(x), HighPrecision.NormalDistribution(x));
            Assert.True(Math.Abs(error) <= 4.0, $"Phi({x}): {error:F2} ulp");
        }
    }

    [Theory]
    [InlineData(1e-15, 0.5)]
    [InlineData(0.5, 0.999999)]
    public void The_quantile_inverts_the_distribution(double from, double to)
    {
        for (int i = 0; i <= Count; i++)
        {
            double p = from < 0.5 ? from * Math.Pow(to / from, i / (double)Count) : from + ((to - from) * i / Count);
            if (p == 0.5)
            {
                continue;
            }

            double z = DeterministicMath.InverseNormal(p);
            double error = QuantileError(z, p, Math.BitIncrement(Math.Abs(z)) - Math.Abs(z));
            Assert.True(Math.Abs(error) <= 4.0, $"p = {p:R}: {error:F2} ulp");
            float singleP = (float)p;
            float singleZ = DeterministicMath.InverseNormal(singleP);
            float unit = MathF.BitIncrement(MathF.Abs(singleZ)) - MathF.Abs(singleZ);
            double singleError = QuantileError(singleZ, singleP, unit);
            Assert.True(Math.Abs(singleError) <= 4.0, $"p = {singleP:R}f: {singleError:F2} ulp");
        }
    }

    // The residual Phi(z) - p over the density is the error of z to first order.
    private static double QuantileError(double z, double p, double unit)
    {
        double density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        double unitOfP = Math.BitIncrement(p) - p;
        double residual = -HighPrecision.UnitsInLastPlace(p, HighPrecision.NormalDistribution(z)) * unitOfP;
        return residual / density / unit;
    }

    [Fact]
    public void Special_values_follow_IEEE_conventions()
    {
        Assert.Equal(double.NegativeInfinity, DeterministicMath.Log(0.0));
        Assert.Equal(double.NegativeInfinity, DeterministicMath.Log(-0.0));
        Assert.Equal(double.PositiveInfinity, DeterministicMath.Log(double.PositiveInfinity));
        Assert.True(double.IsNaN(DeterministicMath.Log(-1.0)));
        Assert.True(float.IsNaN(DeterministicMath.Log(float.NegativeInfinity)));
        Assert.Equal(Math.Log(double.Epsilon), DeterministicMath.Log(double.Epsilon), 1e-12);
        Assert.Equal(MathF.Log(float.Epsilon), DeterministicMath.Log(float.Epsilon), 1e-5f);
        Assert.Equal(0.0, DeterministicMath.Log(1.0));

        Assert.Equal(double.NegativeInfinity, DeterministicMath.Log1p(-1.0));
        Assert.Equal(double.PositiveInfinity, DeterministicMath.Log1p(double.PositiveInfinity));
        Assert.True(double.IsNaN(DeterministicMath.Log1p(-1.5)));
        Assert.True(double.IsNegative(DeterministicMath.Log1p(-0.0)));
        Assert.Equal(double.Epsilon, DeterministicMath.Log1p(double.Epsilon));
        Assert.Equal(Math.Log(double.MaxValue), DeterministicMath.Log1p(double.MaxValue), 1e-9);

        Assert.Equal(double.PositiveInfinity, DeterministicMath.Exp(double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, DeterministicMath.Exp(710.0));
        Assert.Equal(0.0, DeterministicMath.Exp(double.NegativeInfinity));
        Assert.Equal(0.0, DeterministicMath.Exp(-746.0));
        Assert.Equal(double.Epsilon, DeterministicMath.Exp(-744.5));
        Assert.Equal(1.0f, DeterministicMath.Exp(0.0f));
        Assert.Equal(float.PositiveInfinity, DeterministicMath.Exp(88.8f));
        Assert.Equal(0.0f, DeterministicMath.Exp(-104.0f));

        Assert.Equal(-1.0, DeterministicMath.Expm1(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, DeterministicMath.Expm1(double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, DeterministicMath.Expm1(709.9));
        Assert.Equal(Math.Exp(709.5), DeterministicMath.Expm1(709.5), Math.Exp(709.5) * 1e-12);
        Assert.True(double.IsNegative(DeterministicMath.Expm1(-0.0)));
        Assert.Equal(double.Epsilon, DeterministicMath.Expm1(double.Epsilon));

        Assert.Equal(1.0, DeterministicMath.Tanh(double.PositiveInfinity));
        Assert.Equal(-1.0f, DeterministicMath.Tanh(-50.0f));
        Assert.True(double.IsNegative(DeterministicMath.Tanh(-0.0)));
        Assert.Equal(1.0, DeterministicMath.Erf(double.PositiveInfinity));
        Assert.Equal(-1.0f, DeterministicMath.Erf(float.NegativeInfinity));
        Assert.Equal(0.0, DeterministicMath.Erfc(double.PositiveInfinity));
        Assert.Equal(2.0, DeterministicMath.Erfc(double.NegativeInfinity));

        Assert.True(double.IsNaN(DeterministicMath.Sin(double.PositiveInfinity)));
        Assert.True(double.IsNaN(DeterministicMath.Cos(1.1e8)));
        Assert.True(float.IsNaN(DeterministicMath.Sin(1.1e4f)));
        Assert.Equal(1.0, DeterministicMath.Cos(0.0));

        Assert.Equal(double.NegativeInfinity, DeterministicMath.InverseNormal(0.0));
        Assert.Equal(double.PositiveInfinity, DeterministicMath.InverseNormal(1.0));
        Assert.True(double.IsNaN(DeterministicMath.InverseNormal(1.1)));
        Assert.True(float.IsNaN(DeterministicMath.InverseNormal(-0.1f)));
        Assert.Equal(0.0, DeterministicMath.InverseNormal(0.5));

        // From the expansion of the tail: z^2/2 + ln(z sqrt(2 pi)) - ln(1 - 1/z^2 + 3/z^4) = 307 ln 10.
        Assert.Equal(-37.479332, DeterministicMath.InverseNormal(1e-307), 1e-6);
    }

    [Fact]
    public void Not_a_number_stays_not_a_number()
    {
        Func<double, double>[] doubles =
        [
            DeterministicMath.Log, DeterministicMath.Log1p, DeterministicMath.Exp, DeterministicMath.Expm1,
            DeterministicMath.Sin, DeterministicMath.Cos, DeterministicMath.Tanh, DeterministicMath.Erf,
            DeterministicMath.Erfc, DeterministicMath.NormalDistribution, DeterministicMath.InverseNormal,
        ];
        Func<float, float>[] singles =
        [
            DeterministicMath.Log, DeterministicMath.Log1p, DeterministicMath.Exp, DeterministicMath.Expm1,
            DeterministicMath.Sin, DeterministicMath.Cos, DeterministicMath.Tanh, DeterministicMath.Erf,
            DeterministicMath.Erfc, DeterministicMath.NormalDistribution, DeterministicMath.InverseNormal,
        ];
        Assert.All(doubles, function => Assert.True(double.IsNaN(function(double.NaN))));
        Assert.All(singles, function => Assert.True(float.IsNaN(function(float.NaN))));
    }
}
