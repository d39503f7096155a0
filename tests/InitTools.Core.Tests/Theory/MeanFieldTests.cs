using MathNet.Numerics;
using Xunit;

namespace InitTools.Core.Tests.Theory;

/// <summary>
/// Fixed points, depth scales, correlations and the edge of chaos, against published tables and closed forms (Poole
/// 2016, Schoenholz 2016, Cho and Saul 2009, Klambauer 2017).
/// </summary>
public class MeanFieldTests
{
    private static readonly Activation s_tanh = Activation.Parse("tanh");
    private static readonly Activation s_relu = Activation.Parse("relu");

    // c* by 4000 Gauss-Legendre nodes in each direction (NumPy) and Brent's method.
    [Theory]
    [InlineData(1.3, 0.607046791909, 0.939807428682, 1, 1)]
    [InlineData(2.5, 4.07912387528, 1.58522476501, 0.12210374730557, 12)]
    [InlineData(4, 12.6041494978, 2.36726103555, 0.02969592158029, 12)]
    public void Order_and_chaos_of_tanh(double sigma, double fixedPoint, double chi, double correlation, int digits)
    {
        VarianceMap map = new(s_tanh, sigma * sigma, 0.09);
        double found = map.FindFixedPoint();
        GaussianExpectationTests.Close(fixedPoint, found, 12);
        GaussianExpectationTests.Close(chi, map.Chi(found), 12);
        GaussianExpectationTests.Close(correlation, map.FindFixedCorrelation(found), digits);
        Assert.True(map.IsStable(found));
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(0.001, 1.18918958523, 0.107292356148)]
    [InlineData(0.005, 1.33172667665, 0.203830508622)]
    [InlineData(0.01, 1.42420529049, 0.273300913458)]
    [InlineData(0.02, 1.54419284034, 0.371240323459)]
    [InlineData(0.05, 1.76095463961, 0.570047881641)]
    [InlineData(0.1, 1.98607264114, 0.805799181913)]
    [InlineData(0.2, 2.28515247372, 1.16449628746)]
    [InlineData(0.3, 2.50512718968, 1.46116944693)]
    [InlineData(0.5, 2.84316745972, 1.97103061342)]
    public void The_edge_of_chaos_of_tanh(double biasVariance, double weightVariance, double fixedPoint)
    {
        EdgeOfChaos edge = EdgeOfChaos.Solve(s_tanh, biasVariance)!;
        Assert.Equal(weightVariance, edge.WeightVariance, 1e-10);
        Assert.Equal(fixedPoint, edge.FixedPoint, 1e-10);
        Assert.Equal(Math.Sqrt(weightVariance), edge.Gain, 1e-10);
        VarianceMap map = new(s_tanh, edge.WeightVariance, biasVariance);
        Assert.Equal(1, map.Chi(edge.FixedPoint), 1e-11);
        Assert.Equal(edge.FixedPoint, map.Next(edge.FixedPoint), 1e-11);
    }

    [Fact]
    public void Edges_of_other_activations()
    {
        Assert.Equal(2, EdgeOfChaos.Solve(s_relu)!.WeightVariance, 1e-12);
        Assert.Null(EdgeOfChaos.Solve(s_relu, 0.1));
        Assert.Equal(Math.Sqrt(Math.PI) / 2, EdgeOfChaos.Solve(Activation.Parse("erf"))!.Gain, 1e-12);

        // Sigmoid has one only where most of its units are saturated: sigma_w near 10.
        EdgeOfChaos sigmoid = EdgeOfChaos.Solve(Activation.Parse("sigmoid"))!;
        Assert.InRange(sigmoid.Gain, 9.5, 11.5);
        VarianceMap map = new(Activation.Parse("sigmoid"), sigmoid.WeightVariance);
        Assert.Equal(1, map.Chi(sigmoid.FixedPoint), 1e-9);

        // Gelu bends upwards: with sigma_w = 1/phi'(0) = 2 signals grow, and no other variance has chi = 1.
        Assert.Null(EdgeOfChaos.Solve(Activation.Parse("gelu")));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_variance_of_biases_is_0_or_more(double variance) =>
        Errors.Expect(ErrorId.InvalidArgument, () => EdgeOfChaos.Solve(s_tanh, variance));

    [Theory]
    [InlineData(1.0, 0.1935925202, 0.7590316472, 3.6269756, 1.7476262)]
    [InlineData(1.3, 0.3153164775, 0.8801635099, 7.8340693, 1.7852366)]
    [InlineData(1.5, 0.4180372005, 0.9386362682, 15.790994, 1.6828284)]
    [InlineData(1.7, 0.5330756279, 0.986740809, 74.918271, 1.558254)]
    [InlineData(1.76, 0.5694628399, 0.9997964242, 4911.6753, 1.5216712)]
    [InlineData(1.8, 0.594132172, 1.008223144, -122.1073, 1.4978838)]
    [InlineData(2.0, 0.7217618727, 1.047666, -21.475434, 1.3879757)]
    [InlineData(2.5, 1.063958377, 1.133515699, -7.979315, 1.1798729)]
    [InlineData(3.0, 1.428008462, 1.208934424, -5.2703886, 1.0414607)]
    [InlineData(4.0, 2.195493928, 1.342402414, -3.3960371, 0.87329337)]
    public void Depth_scales_of_tanh(
        double weightVariance,
        double fixedPoint,
        double chi,
        double gradientScale,
        double signalScale)
    {
        VarianceMap map = new(s_tanh, weightVariance, 0.05);
        double found = map.FindFixedPoint();
        GaussianExpectationTests.Close(fixedPoint, found, 10);
        Assert.Equal(1, map.Chi(found) / chi, 1e-9);
        Assert.Equal(1, map.GradientDepthScale(found) / gradientScale, 1e-7);
        GaussianExpectationTests.Close(signalScale, map.SignalDepthScale(found), 7);
    }

    [Fact]
    public void Lines_and_curves_at_rest()
    {
        VarianceMap he = new(s_relu, 2);
        Assert.Equal(double.PositiveInfinity, he.GradientDepthScale(1));
        Assert.Equal(double.PositiveInfinity, he.SignalDepthScale(1));
        Assert.False(he.IsStable(1));
        Assert.True(new VarianceMap(s_relu, 1).IsStable(0));
        Assert.False(new VarianceMap(s_tanh, 1.1).IsStable(0));
        Assert.Equal(-1 / Math.Log(0.5), new VarianceMap(s_relu, 1).GradientDepthScale(0), 1e-12);
        Assert.False(new VarianceMap(Activation.Parse("gelu"), 2.3517248).IsStable(1));
    }

    // From two orthogonal inputs: the arc-cosine kernel of degree 1 (Cho and Saul 2009).
    [Fact]
    public void Correlations_under_he_follow_the_arc_cosine_kernel()
    {
        VarianceMap map = new(s_relu, 2);
        Dictionary<int, double> expected = new()
        {
            [1] = 0.318309886,
            [2] = 0.49373109,
            [3] = 0.60482572,
            [4] = 0.680953533,
            [5] = 0.735946351,
            [10] = 0.871535516,
            [20] = 0.948428479,
            [30] = 0.972010873,
            [50] = 0.987861945,
        };
        double correlation = 0;
        for (int layer = 1; layer <= 50; layer++)
        {
            correlation = map.NextCorrelation(correlation, 3);
            if (expected.TryGetValue(layer, out double value))
            {
                Assert.Equal(value, correlation, 6e-10);
            }
        }
    }

    // erf: (2/pi) asin(2 q c / (1 + 2 q)); sin: e^-q sinh(q c).
    [Theory]
    [InlineData(0.3, 0.5)]
    [InlineData(1, -0.7)]
    [InlineData(1, 0.999)]
    [InlineData(1, 0)]
    [InlineData(9, 0.9)]
    [InlineData(0.01, 0.2)]
    public void Correlations_have_closed_forms(double q, double c)
    {
        Assert.Equal(
            2 / Math.PI * Math.Asin(2 * q * c / (1 + 2 * q)),
            new VarianceMap(Activation.Parse("erf"), 1).NextCorrelation(c, q) * Square("erf", q),
            1e-12);
        Assert.Equal(
            Math.Exp(-q) * Math.Sinh(q * c),
            new VarianceMap(Activation.Parse("sin"), 1).NextCorrelation(c, q) * Square("sin", q),
            1e-11);
        double exact = (Math.Sqrt(1 - c * c) + c * (Math.PI - Math.Acos(c))) / Math.PI;
        Assert.Equal(exact, new VarianceMap(s_relu, 2).NextCorrelation(c, q), 1e-10);

        static double Square(string name, double q) =>
            GaussianExpectation.SecondMoment(Activation.Parse(name), 0, q);
    }

    // Klambauer's printed 0.088834 and 0.782648 to more digits.
    [Fact]
    public void Selu_has_its_fixed_point_at_mean_0_and_variance_1()
    {
        MeanVarianceMap map = new(Activation.Parse("selu"));
        ActivationLaw fixedPoint = map.Next(new ActivationLaw(0, 1));
        Assert.Equal(0, fixedPoint.Mean, 1e-12);
        Assert.Equal(1, fixedPoint.Variance, 1e-12);
        ActivationLaw derivative = map.VarianceDerivative(new ActivationLaw(0, 1));
        Assert.Equal(0.0888347551, derivative.Mean, 1e-10);
        Assert.Equal(0.7826478836, derivative.Variance, 1e-9);
        Assert.Equal(new VarianceMap(Activation.Parse("selu"), 1).Slope(1), derivative.Variance, 1e-12);

        Dictionary<int, double> expected = new()
        {
            [1] = 1.774014,
            [2] = 1.568738,
            [3] = 1.423564,
            [5] = 1.242045,
            [10] = 1.065779,
            [20] = 1.005508,
            [30] = 1.000474,
        };
        ActivationLaw law = new(0.3, 2);
        for (int layer = 1; layer <= 30; layer++)
        {
            law = map.Next(law);
            if (expected.TryGetValue(layer, out double variance))
            {
                Assert.Equal(variance, law.Variance, 6e-7);
            }
        }
    }

    [Fact]
    public void Residual_blocks_grow()
    {
        ResidualGrowth he = new(s_relu, 2, 1);
        Assert.Equal(1024, he.After(10), 1e-9);
        Assert.Equal(2, he.GradientFactor(5), 1e-12);
        ResidualGrowth scaled = new(s_relu, 2, 1, Math.Sqrt(1.0 / 50));
        Assert.Equal(Math.Pow(1 + 1.0 / 50, 50), scaled.After(50), 1e-11);

        // Tanh's branch is bounded: the sum grows at most by sigma_2^2 a block.
        double before = new ResidualGrowth(s_tanh, 1, 1).After(1000);
        Assert.InRange(new ResidualGrowth(s_tanh, 1, 1).Next(before) - before, 0.9, 1);
    }

    // psi and psi' of k/2 by MathNet, over the binomial law.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1001)]
    public void Norms_behind_relu_have_an_exact_logarithm(int width)
    {
        var active = new MathNet.Numerics.Distributions.Binomial(0.5, width);
        double some = 1 - Math.Pow(0.5, width);
        double mean = 0;
        double square = 0;
        for (int k = 1; k <= width; k++)
        {
            double share = active.Probability(k) / some;
            double log = SpecialFunctions.DiGamma(k / 2.0) + Math.Log(4.0 / width);
            mean += share * log;
            square += share * (log * log + TriGamma(k / 2.0));
        }

        LogLaw law = ReluFiniteWidth.LogNorm(width);
        Assert.Equal(mean, law.Mean, 1e-9);
        Assert.Equal(square - mean * mean, law.Variance, 1e-8);

        static double TriGamma(double x)
        {
            // The sum of 1/(x + i)^2 with its tail by Euler and Maclaurin.
            const int Terms = 200;
            double end = x + Terms;
            return Enumerable.Range(0, Terms).Sum(i => 1 / ((x + i) * (x + i)))
                + 1 / end + 1 / (2 * end * end) + 1 / (6 * end * end * end);
        }
    }

    // For one row the first order is -5/(2n) and 5/n a hidden layer, and the exact law is near it.
    [Fact]
    public void The_first_order_is_near_the_exact_law()
    {
        LogLaw exact = ReluFiniteWidth.LogNorm(1000);
        Assert.Equal(5.0 / 1000, exact.Variance, 5.0 / 1000 * 0.01);
        Assert.Equal(-2.5 / 1000, exact.Mean, 2.5 / 1000 * 0.01);
        IReadOnlyList<LogLaw> laws = ReluFiniteWidth.SecondMoments([500, 500, 500], 1, 0);
        Assert.Equal([2.0 / 500, 7.0 / 500, 12.0 / 500], laws.Select(law => Math.Round(law.Variance, 12)));
        Assert.All(laws, law => Assert.Equal(-law.Variance / 2, law.Mean, 1e-15));

        // Many orthogonal rows average out in the first layer.
        Assert.Equal(0, ReluFiniteWidth.SecondMoments([500], int.MaxValue, 0)[0].Variance, 1e-9);
        Assert.InRange(ReluFiniteWidth.SecondMoments([500, 500], int.MaxValue, 1)[1].Variance, 6.99 / 500, 7.01 / 500);
    }
}
