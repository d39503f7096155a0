using Xunit;

namespace InitTools.Core.Tests.Theory;

/// <summary>Expectations at z ~ N(0, 1) against published figures and closed forms.</summary>
public class GaussianExpectationTests
{
    // activation, E[phi], E[phi^2], E[phi'^2], forward gain, backward gain, slope, chi: nine significant digits.
    public static TheoryData<string, double, double, double, double, double, double, double> Moments() => new()
    {
        { "linear", 0, 1, 1, 1, 1, 1, 1 },
        { "relu", 0.39894228, 0.5, 0.5, 1.41421356, 1.41421356, 1, 1 },
        { "leaky_relu(0.01)", 0.394952858, 0.50005, 0.50005, 1.41414286, 1.41414286, 1, 1 },
        { "leaky_relu(0.1)", 0.359048052, 0.505, 0.505, 1.40719509, 1.40719509, 1, 1 },
        { "leaky_relu(0.2)", 0.319153824, 0.52, 0.52, 1.38675049, 1.38675049, 1, 1 },
        { "leaky_relu(0.3)", 0.279259596, 0.545, 0.545, 1.35457092, 1.35457092, 1, 1 },
        { "elu(1)", 0.160520572, 0.644945417, 0.668102001, 1.2451983, 1.22342856, 0.890968, 1.0359047 },
        { "selu", 0, 1, 1.07157499, 1, 0.966025777, 0.782648, 1.071575 },
        { "gelu", 0.282094792, 0.425221483, 0.455850866, 1.53353044, 1.48111441, 1.14406, 1.0720316 },
        { "silu", 0.206620964, 0.35577552, 0.379482352, 1.67653247, 1.62332026, 1.17259, 1.0666342 },
        { "softplus", 0.806059183, 0.921245909, 0.293379036, 1.04186684, 1.84622855, 0.492053, 0.31845898 },
        { "tanh", 0, 0.39429449, 0.464402902, 1.59253742, 1.46741359, 0.461071, 1.1778072 },
        { "sigmoid", 0.5, 0.293379036, 0.0448362414, 1.84622855, 4.72264609, 0.106341, 0.15282701 },
    };

    [Theory]
    [MemberData(nameof(Moments))]
    public void Moments_and_gains_at_unit_variance(
        string name, double mean, double square, double derivativeSquare, double forward, double backward, double slope,
        double chi)
    {
        Activation activation = Activation.Parse(name);
        VarianceMap map = new(activation, activation.ForwardGain * activation.ForwardGain);
        Close(mean, GaussianExpectation.Of(activation.Value, 0, 1, activation.KinkPoints), 9);
        Close(square, GaussianExpectation.SecondMoment(activation, 0, 1), 9);
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
        InitToolsException error = Assert.Throws<InitToolsException>(
            () => GaussianExpectation.Of(x => x, mean, variance, []));
        Assert.Equal(expected, error.ErrorId);
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
