using Xunit;

namespace InitTools.Core.Tests.Initializers;

/// <summary>Variances and limits against the published formulas.</summary>
public class InitializerLawTests
{
    // Limits, standard deviations and Keras's truncation bounds of common shapes.
    [Theory]
    [InlineData(250, 1, 0.154610422, 0.0892643685, 0.154919334, 0.0894427191, 0.109544512, 0.0632455532, 0.203365416)]
    [InlineData(
        784, 256, 0.0759554525, 0.043852901, 0.0874817765, 0.0505076272, 0.0618589574, 0.0357142857, 0.114838913)]
    [InlineData(256, 256, 0.108253175, 0.0625, 0.153093109, 0.0883883476, 0.108253175, 0.0625, 0.200968097)]
    [InlineData(27, 64, 0.256776296, 0.148249863, 0.471404521, 0.272165527, 0.333333333, 0.19245009, 0.618821253)]
    [InlineData(5, 16, 0.534522484, 0.3086067, 1.09544512, 0.632455532, 0.774596669, 0.447213595, 1.43801064)]
    [InlineData(16, 32, 0.353553391, 0.204124145, 0.612372436, 0.353553391, 0.433012702, 0.25, 0.803872389)]
    [InlineData(32, 2, 0.420084025, 0.242535625, 0.433012702, 0.25, 0.306186218, 0.176776695, 0.568423617)]
    public void Named_schemes_have_their_limits_and_standard_deviations(
        long fanIn, long fanOut,
        double glorotLimit, double glorotStd, double heLimit, double heStd, double lecunLimit, double lecunStd,
        double heBound)
    {
        Fans fans = new(fanIn, fanOut, FanRule.Dense);
        const double PrintedDigits = 5e-9;
        AssertLaw("GlorotUniform", glorotLimit, glorotStd);
        AssertLaw("HeUniform", heLimit, heStd);
        AssertLaw("LecunUniform", lecunLimit, lecunStd);
        AssertLaw("HeNormal", heBound, heStd);
        Assert.Null(Elementwise("kaiming_normal_").GetDistribution(fans).Limit);
        foreach ((string name, double std) in new[] { ("GlorotNormal", glorotStd), ("LecunNormal", lecunStd) })
        {
            AssertClose(std, Elementwise(name).GetDistribution(fans).StandardDeviation, std * PrintedDigits * 2);
        }

        void AssertLaw(string name, double limit, double std)
        {
            Distribution law = Elementwise(name).GetDistribution(fans);
            AssertClose(limit, law.Limit!.Value, limit * PrintedDigits * 2);
            AssertClose(std, law.StandardDeviation, std * PrintedDigits * 2);
            Assert.Equal(0, law.Mean, 1e-15);
        }
    }

    // Variance of N(0, 1) cut at +-1, +-2, +-3, and one-sided tails (mean of the tail beyond t is phi(t)/(1 - Phi(t))).
    [Theory]
    [InlineData(-1, 1, 0, 0.291125094773)]
    [InlineData(-2, 2, 0, 0.773741303550)]
    [InlineData(-3, 3, 0, 0.973336924663)]
    [InlineData(0, 1000, 0.797884560803, 0.363380227632)]
    [InlineData(-1000, 1000, 0, 1)]
    [InlineData(2, 3, 2.3158213267437815, 0.06152077957449)]
    [InlineData(6, 8, 6.15848136683994, 0.0239852134081)]
    public void Truncated_normal_has_the_moments_of_the_law(
        double minimum, double maximum, double mean, double variance)
    {
        TruncatedNormalDistribution law = new(0, 1, minimum, maximum);
        const double Digits = 1e-11;
        AssertClose(mean, law.Mean, Digits);
        AssertClose(variance, law.Variance, Digits);

        TruncatedNormalDistribution scaled = new(10, 3, 10 + 3 * minimum, 10 + 3 * maximum);
        AssertClose(10 + 3 * mean, scaled.Mean, 3 * Digits);
        AssertClose(9 * variance, scaled.Variance, 9 * Digits);
    }

    [Theory]
    [InlineData("VarianceScaling(3, fan_in, uniform)", 3.0 / 72)]
    [InlineData("VarianceScaling(3, fan_out, normal)", 3.0 / 144)]
    [InlineData("VarianceScaling(3, fan_avg)", 3.0 / 108)]
    [InlineData("VarianceScaling(3, fan_geo_avg, uniform)", 0.029462782549439)]
    [InlineData("HeNormal(gain=1)", 1.0 / 72)]
    [InlineData("GlorotUniform(gain=4)", 16 * 2.0 / 216)]
    [InlineData("RandomUniform(-1, 2)", 0.75)]
    [InlineData("RandomNormal(1, 0.5)", 0.25)]
    [InlineData("Constant(3)", 0)]
    public void Variance_is_the_formula(string expression, double variance) =>
        AssertClose(
            variance,
            Elementwise(expression).GetDistribution(Fans.Of(new TensorShape(3, 3, 8, 16), Layout.IO)).Variance,
            1e-14);

    [Fact]
    public void Fans_are_needed_only_where_they_matter()
    {
        Errors.Expect(ErrorId.FanUndefined, () => Elementwise("HeNormal").GetDistribution(null));
        Assert.Equal(1, Elementwise("RandomNormal(stddev=1)").GetDistribution(null).Variance);
    }

    private static void AssertClose(double expected, double actual, double tolerance) =>
        Assert.InRange(actual, expected - tolerance, expected + tolerance);

    private static ElementwiseInitializer Elementwise(string expression) =>
        Assert.IsAssignableFrom<ElementwiseInitializer>(Initializer.Parse(expression));
}
