using Xunit;

namespace InitTools.Core.Tests.Theory;

/// <summary>Expectations at z ~ N(0, 1) against published figures and closed forms.</summary>
public class GaussianExpectationTests
{
    // activation, E[phi], E[phi^2], Var[phi], E[phi'^2], forward gain, 1/sqrt(Var[phi]), backward gain: nine
    // significant digits; slope: six; chi: eight.
    public static TheoryData<string, double, double, double, double, double, double, double, double, double> Moments()
        => new()
    {
        { "linear", 0, 1, 1, 1, 1, 1, 1, 1, 1 },
        { "relu", 0.39894228, 0.5, 0.340845057, 0.5, 1.41421356, 1.71285855, 1.41421356, 1, 1 },
        { "leaky_relu(0.01)", 0.394952858, 0.50005, 0.34406224, 0.50005, 1.41414286, 1.70483163, 1.41414286, 1, 1 },
        { "leaky_relu(0.1)", 0.359048052, 0.505, 0.376084496, 0.505, 1.40719509, 1.63063697, 1.40719509, 1, 1 },
        { "leaky_relu(0.2)", 0.319153824, 0.52, 0.418140836, 0.52, 1.38675049, 1.54646006, 1.38675049, 1, 1 },
        { "leaky_relu(0.3)", 0.279259596, 0.545, 0.467014078, 0.545, 1.35457092, 1.46330553, 1.35457092, 1, 1 },
        { "prelu(0.25)", 0.29920671, 0.53125, 0.441725345, 0.53125, 1.37198868, 1.50460964, 1.37198868, 1, 1 },
        { "relu6", 0.39894228, 0.499999998, 0.340845055, 0.499999999, 1.41421357, 1.71285855, 1.41421356, 1, 1 },
        {
            "elu(1)", 0.160520572, 0.644945417, 0.619178563, 0.668102001,
            1.2451983, 1.27084342, 1.22342856, 0.890968, 1.0359047
        },
        { "selu", 0, 1, 1, 1.07157499, 1, 1, 0.966025777, 0.782648, 1.071575 },
        {
            "gelu", 0.282094792, 0.425221483, 0.345644011, 0.455850866,
            1.53353044, 1.70092624, 1.48111441, 1.14406, 1.0720316
        },
        {
            "gelu_tanh", 0.282038588, 0.425193711, 0.345647946, 0.455817846,
            1.53358052, 1.70091656, 1.48116806, 1.1443, 1.072024
        },
        {
            "silu", 0.206620964, 0.35577552, 0.313083297, 0.379482352,
            1.67653247, 1.78718722, 1.62332026, 1.17259, 1.0666342
        },
        {
            "mish", 0.240403888, 0.452342192, 0.394548163, 0.479083758,
            1.48684758, 1.59202538, 1.44475523, 1.07634, 1.059118
        },
        {
            "softplus", 0.806059183, 0.921245909, 0.271514502, 0.293379036,
            1.04186684, 1.91912598, 1.84622855, 0.492053, 0.31845898
        },
        { "tanh", 0, 0.39429449, 0.39429449, 0.464402902, 1.59253742, 1.59253742, 1.46741359, 0.461071, 1.1778072 },
        {
            "sigmoid", 0.5, 0.293379036, 0.0433790359, 0.0448362414,
            1.84622855, 4.80131337, 4.72264609, 0.106341, 0.15282701
        },
        {
            "hard_sigmoid", 0.5, 0.277639091, 0.0276390911, 0.0277027834,
            1.89784042, 6.01503449, 6.00811583, 0.0971194, 0.099779838
        },
        {
            "hardtanh", 0, 0.516058551, 0.516058551, 0.682689492,
            1.39203614, 1.39203614, 1.21028706, 0.385127, 1.3228915
        },
        {
            "softsign", 0, 0.183014021, 0.183014021, 0.22767134,
            2.33753336, 2.33753336, 2.09578061, 0.476712, 1.2440104
        },
        {
            "lecun_tanh", 0, 0.750430276, 0.750430276, 0.803989113,
            1.15436945, 1.15436945, 1.11525689, 0.615446, 1.0713708
        },
        { "erf", 0, 0.464559054, 0.464559054, 0.569410035, 1.46716695, 1.46716695, 1.32521835, 0.408567, 1.2257 },
        { "sin", 0, 0.432332358, 0.432332358, 0.567667642, 1.52086662, 1.52086662, 1.3272506, 0.313035, 1.3130353 },
        { "abs", 0.797884561, 1, 0.363380228, 1, 1, 1.65889674, 1, 1, 1 },
        { "exp", 1.64872127, 7.3890561, 4.67077427, 7.3890561, 0.367879441, 0.462706457, 0.367879441, 2, 1 },
        { "squared_relu", 0.5, 1.5, 1.25, 2, 0.816496581, 0.894427191, 0.707106781, 2, 1.3333333 },
    };

    [Theory]
    [MemberData(nameof(Moments))]
    public void Moments_and_gains_at_unit_variance(
        string name, double mean, double square, double variance, double derivativeSquare, double forward,
        double centred, double backward, double slope, double chi)
    {
        Activation activation = Activation.Parse(name);
        VarianceMap map = new(activation, activation.ForwardGain * activation.ForwardGain);
        double foundMean = GaussianExpectation.Of(activation.Value, 0, 1, activation.KinkPoints);
        double foundSquare = GaussianExpectation.SecondMoment(activation, 0, 1);
        Close(mean, foundMean, 9);
        Close(square, foundSquare, 9);
        Close(variance, foundSquare - foundMean * foundMean, 9);
        Close(centred, 1 / Math.Sqrt(foundSquare - foundMean * foundMean), 9);
        Close(derivativeSquare, GaussianExpectation.DerivativeSecondMoment(activation, 0, 1), 9);
        Close(forward, activation.ForwardGain, 9);
        Close(backward, activation.BackwardGain, 9);
        Close(slope, map.Slope(1), 6);
        Close(chi, map.Chi(1), 8);
    }

    [Fact]
    public void Closed_forms_hold_to_12_digits()
    {
        Equal12(1 / Math.Sqrt(2 * Math.PI), Of("relu", x => x));
        Equal12(0.5, GaussianExpectation.SecondMoment(Activation.Parse("relu"), 0, 1));
        Equal12((1 + 0.2 * 0.2) / 2, GaussianExpectation.SecondMoment(Activation.Parse("leaky_relu(0.2)"), 0, 1));
        Equal12(1 / (2 * Math.Sqrt(Math.PI)), Of("gelu", x => x));
        Equal12(0.5, Of("sigmoid", x => x));
        Equal12(1, GaussianExpectation.SecondMoment(Activation.Parse("selu"), 0, 1));
        Equal12((1 - Math.Exp(-2)) / 2, GaussianExpectation.Of(x => Math.Sin(x) * Math.Sin(x), 0, 1, []));
        Equal12(1, GaussianExpectation.Of(x => x * x, 0, 1, []));
        Equal12(15, GaussianExpectation.Of(x => x * x * x * x * x * x, 0, 1, []));
        Equal12(Math.Exp(2), GaussianExpectation.Of(x => Math.Exp(2 * x), 0, 1, []));
    }

    [Fact]
    public void Closed_forms_of_single_activations_hold_to_12_digits()
    {
        Equal12((1 + 0.25 * 0.25) / 2, GaussianExpectation.SecondMoment(Activation.Parse("prelu"), 0, 1));
        Equal12(1, GaussianExpectation.SecondMoment(Activation.Parse("abs"), 0, 1));
        Equal12(Math.Sqrt(2 / Math.PI), Of("abs", x => x));
        Equal12((1 - Math.Exp(-2)) / 2, GaussianExpectation.SecondMoment(Activation.Parse("sin"), 0, 1));
        Equal12((1 + Math.Exp(-2)) / 2, GaussianExpectation.DerivativeSecondMoment(Activation.Parse("sin"), 0, 1));
        Equal12(2 / Math.PI * Math.Asin(2.0 / 3), GaussianExpectation.SecondMoment(Activation.Parse("erf"), 0, 1));
        Equal12(
            4 / (Math.PI * Math.Sqrt(5)), GaussianExpectation.DerivativeSecondMoment(Activation.Parse("erf"), 0, 1));
        Equal12(Math.Exp(0.5), Of("exp", x => x));
        Equal12(0.5, Of("squared_relu", x => x));
        Equal12(1.5, GaussianExpectation.SecondMoment(Activation.Parse("squared_relu"), 0, 1));
        Equal12(2, GaussianExpectation.DerivativeSecondMoment(Activation.Parse("squared_relu"), 0, 1));
        Equal12(0.5, Of("hard_sigmoid", x => x));
    }

    // E[e^(2x)] of N(m, q) is e^(2m + 2q), at z = 2 sqrt(q) for the most part: far outside the law's own bulk.
    [Theory]
    [InlineData(0, 1e-6)]
    [InlineData(0, 16)]
    [InlineData(0, 25)]
    [InlineData(0, 100)]
    [InlineData(-3, 30)]
    public void Exponential_growth_is_followed_into_the_tail(double mean, double variance)
    {
        double expected = Math.Exp(2 * mean + 2 * variance);
        Equal12(expected, GaussianExpectation.SecondMoment(Activation.Parse("exp"), mean, variance));
        Equal12(expected, GaussianExpectation.DerivativeSecondMoment(Activation.Parse("exp"), mean, variance));
    }

    [Theory]
    [InlineData("exp", 400)]
    [InlineData("exp", 1e20)]
    [InlineData("exp", 1e300)]
    [InlineData("squared_relu", 1e200)]
    public void What_leaves_the_range_of_doubles_is_infinite(string name, double variance) => Assert.Equal(
        double.PositiveInfinity,
        GaussianExpectation.SecondMoment(Activation.Parse(name), 0, variance));

    // (1 - e^(-2q) cos 2m) / 2 and its complement, on both sides of the width from which one period is enough.
    [Theory]
    [InlineData(0.3, 0.5)]
    [InlineData(-2, 4)]
    [InlineData(0, 80)]
    [InlineData(0, 82)]
    [InlineData(1, 1e4)]
    [InlineData(0, 1e20)]
    public void Sines_of_wide_laws_are_averaged_over_periods(double mean, double variance)
    {
        double expected = (1 - Math.Exp(-2 * variance) * Math.Cos(2 * mean)) / 2;
        Equal12(expected, GaussianExpectation.SecondMoment(Activation.Parse("sin"), mean, variance));
        Equal12(1 - expected, GaussianExpectation.DerivativeSecondMoment(Activation.Parse("sin"), mean, variance));
        Assert.Equal(
            Math.Exp(-2 * variance), new VarianceMap(Activation.Parse("sin"), 1).Slope(variance), 1e-14);
    }

    // Integrated with 30 digits.
    [Theory]
    [InlineData(1e-4, 9.6895981299417429e-5, 0.96905371765593449)]
    [InlineData(16, 0.48327005458308306, 0.065158568675411792)]
    [InlineData(2500, 0.8881081125259483, 0.0053182152091533832)]
    [InlineData(1e6, 0.98967921353682684, 0.00026596138761754838)]
    [InlineData(1e12, 0.99997865901644675, 2.659615202674888e-7)]
    [InlineData(1e30, 0.99999999999994559, 2.6596152026762179e-16)]
    public void Slow_tails_of_softsign_are_followed(double variance, double square, double derivativeSquare)
    {
        Equal12(square, GaussianExpectation.SecondMoment(Activation.Parse("softsign"), 0, variance));
        Equal12(
            derivativeSquare, GaussianExpectation.DerivativeSecondMoment(Activation.Parse("softsign"), 0, variance));
    }

    [Theory]
    [InlineData(1e-20)]
    [InlineData(1e-3)]
    [InlineData(250)]
    [InlineData(1e6)]
    [InlineData(1e100)]
    public void Scale_free_activations_scale_with_the_variance(double variance)
    {
        Equal12(variance / 2, GaussianExpectation.SecondMoment(Activation.Parse("relu"), 0, variance));
        Equal12(0.5, GaussianExpectation.DerivativeSecondMoment(Activation.Parse("relu"), 0, variance));
    }

    // E[s'(sqrt(v) z)^2] goes to the integral of s'(x)^2 dx = 1/6 over sqrt(2 pi v): all of it within a few units of 0.
    [Theory]
    [InlineData(1e12)]
    [InlineData(1e30)]
    public void Narrow_features_of_wide_laws_are_found(double variance) =>
        Equal12(
            1 / (6 * Math.Sqrt(2 * Math.PI * variance)),
            GaussianExpectation.DerivativeSecondMoment(Activation.Parse("sigmoid"), 0, variance));

    [Fact]
    public void A_mean_shifts_the_law()
    {
        Equal12(4 + 2.25, GaussianExpectation.Of(x => x * x, 2, 2.25, []));

        // E[max(0, x)] of N(m, s^2) is m P(m/s) + s p(m/s).
        Equal12(
            0.25 * DistributionOf(0.5) + 0.5 * Math.Exp(-0.125) / Math.Sqrt(2 * Math.PI),
            GaussianExpectation.Of(Activation.Parse("relu").Value, 0.25, 0.25, [0]));
    }

    [Fact]
    public void No_variance_leaves_the_value_at_the_mean() =>
        Assert.Equal(Math.Tanh(0.5), GaussianExpectation.Of(Activation.Parse("tanh").Value, 0.5, 0, []), 15);

    [Theory]
    [InlineData(double.NaN, 1, ErrorId.NonFiniteValue)]
    [InlineData(0, double.PositiveInfinity, ErrorId.NonFiniteValue)]
    [InlineData(0, -1, ErrorId.InvalidArgument)]
    public void Laws_that_do_not_exist_are_refused(double mean, double variance, ErrorId expected)
    {
        InitToolsException error = Errors.Expect(expected, () => GaussianExpectation.Of(x => x, mean, variance, []));
    }

    private static double DistributionOf(double x) => MathNet.Numerics.Distributions.Normal.CDF(0, 1, x);

    private static double Of(string name, Func<double, double> function)
    {
        Activation activation = Activation.Parse(name);
        return GaussianExpectation.Of(x => function(activation.Value(x)), 0, 1, activation.KinkPoints);
    }

    private static void Equal12(double expected, double actual) =>
        Assert.True(Math.Abs(actual / expected - 1) < 1e-12, $"expected {expected:R}, was {actual:R}");

    // Half a unit of the last digit printed, or 1e-12 where 0 is expected.
    internal static void Close(double expected, double actual, int digits)
    {
        double unit = expected == 0 ? 1e-12 : Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(expected))) - digits + 1);
        Assert.True(Math.Abs(actual - expected) <= 0.51 * unit, $"expected {expected:R}, was {actual:R}");
    }
}
