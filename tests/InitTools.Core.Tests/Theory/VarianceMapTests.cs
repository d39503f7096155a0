using Xunit;

namespace InitTools.Core.Tests.Theory;

/// <summary>Second moments and gradients through depth, fixed points, the edge of chaos: infinite width.</summary>
public class VarianceMapTests
{
    // activation, sigma_w^2, then q_L and G_L = chi_1 ... chi_L at L = 5, 10, 30, 50 from q_1 = sigma_w^2.
    // The rows of sigma_w^2 = 256 for elu, selu, gelu, silu and softplus were integrated with 25 digits.
    public static TheoryData<string, double, double[]> Depths() => new()
    {
        { "linear", 1, [1, 1, 1, 1, 1, 1, 1, 1] },
        { "linear", 2, [32, 32, 1024, 1024, 1.073742e+09, 1.073742e+09, 1.1259e+15, 1.1259e+15] },
        {
            "linear", 1.0 / 3,
            [
                0.004115226, 0.004115226, 1.693509e-05, 1.693509e-05,
                4.856936e-15, 4.856936e-15, 1.392956e-24, 1.392956e-24,
            ]
        },
        {
            "linear", 0.5,
            [0.03125, 0.03125, 0.0009765625, 0.0009765625, 9.313226e-10, 9.313226e-10, 8.881784e-16, 8.881784e-16]
        },
        {
            "linear", 256,
            [
                1.099512e+12, 1.099512e+12, 1.208926e+24, 1.208926e+24,
                1.766847e+72, 1.766847e+72, 2.58225e+120, 2.58225e+120,
            ]
        },
        {
            "linear", 0.0256,
            [
                1.099512e-08, 1.099512e-08, 1.208926e-16, 1.208926e-16,
                1.766847e-48, 1.766847e-48, 2.58225e-80, 2.58225e-80,
            ]
        },
        {
            "linear", 0.64,
            [0.1073742, 0.1073742, 0.01152922, 0.01152922, 1.532496e-06, 1.532496e-06, 2.037036e-10, 2.037036e-10]
        },
        {
            "linear", 25.0 / 9,
            [165.3817, 165.3817, 27351.11, 27351.11, 2.046091e+13, 2.046091e+13, 1.530647e+22, 1.530647e+22]
        },
        {
            "relu", 1,
            [0.0625, 0.03125, 0.001953125, 0.0009765625, 1.862645e-09, 9.313226e-10, 1.776357e-15, 8.881784e-16]
        },
        { "relu", 2, [2, 1, 2, 1, 2, 1, 2, 1] },
        {
            "relu", 1.0 / 3,
            [
                0.0002572016, 0.0001286008, 3.307634e-08, 1.653817e-08,
                9.046748e-24, 4.523374e-24, 2.474386e-39, 1.237193e-39,
            ]
        },
        {
            "relu", 0.5,
            [
                0.001953125, 0.0009765625, 1.907349e-06, 9.536743e-07,
                1.734723e-18, 8.673617e-19, 1.577722e-30, 7.888609e-31,
            ]
        },
        {
            "relu", 256,
            [
                6.871948e+10, 3.435974e+10, 2.361183e+21, 1.180592e+21,
                3.291009e+63, 1.645505e+63, 4.586997e+105, 2.293499e+105,
            ]
        },
        {
            "relu", 0.0256,
            [
                6.871948e-10, 3.435974e-10, 2.361183e-19, 1.180592e-19,
                3.291009e-57, 1.645505e-57, 4.586997e-95, 2.293499e-95,
            ]
        },
        {
            "relu", 0.64,
            [0.006710886, 0.003355443, 2.2518e-05, 1.1259e-05, 2.854495e-15, 1.427248e-15, 3.618503e-25, 1.809251e-25]
        },
        {
            "leaky_relu", 1,
            [0.062525, 0.03126563, 0.001954884, 0.0009775395, 1.868054e-09, 9.341206e-10, 1.785082e-15, 8.926302e-16]
        },
        { "leaky_relu", 2, [2.0008, 1.0005, 2.001801, 1.001, 2.005808, 1.003004, 2.009824, 1.005012] },
        {
            "leaky_relu", 1.0 / 3,
            [
                0.0002573045, 0.0001286651, 3.310612e-08, 1.655472e-08,
                9.07302e-24, 4.536964e-24, 2.48654e-39, 1.243394e-39,
            ]
        },
        {
            "leaky_relu", 256,
            [
                6.874697e+10, 3.437692e+10, 2.363309e+21, 1.181773e+21,
                3.300566e+63, 1.650448e+63, 4.609528e+105, 2.304994e+105,
            ]
        },
        {
            "leaky_relu", 0.0256,
            [
                6.874697e-10, 3.437692e-10, 2.363309e-19, 1.181773e-19,
                3.300566e-57, 1.650448e-57, 4.609528e-95, 2.304994e-95,
            ]
        },
        { "tanh", 1, [0.1279047, 0.1375241, 0.05801185, 0.07136973, 0.0177608, 0.02396356, 0.01043074, 0.01433477] },
        { "tanh", 2, [0.6657236, 0.7325542, 0.620274, 1.17505, 0.6179648, 8.725326, 0.6179648, 64.89079] },
        {
            "tanh", 1.0 / 3,
            [0.00218623, 0.002296585, 8.938525e-06, 9.43054e-06, 2.563475e-15, 2.704628e-15, 7.351975e-25, 7.756799e-25]
        },
        {
            "tanh", 0.5,
            [0.01179078, 0.01269215, 0.0003524624, 0.0003880184, 3.356612e-10, 3.697828e-10, 3.201114e-16, 3.526523e-16]
        },
        { "tanh", 256, [242.9167, 49394.02, 242.9167, 2.50631e+09, 242.9167, 1.661409e+28, 242.9167, 1.101333e+47] },
        {
            "tanh", 0.0256,
            [
                1.045618e-08, 1.046412e-08, 1.14967e-16, 1.150542e-16,
                1.680244e-48, 1.681519e-48, 2.455679e-80, 2.457543e-80,
            ]
        },
        {
            "tanh", 0.64,
            [0.02997274, 0.03256952, 0.002807336, 0.00321339, 3.674372e-07, 4.22942e-07, 4.884068e-11, 5.621856e-11]
        },
        { "tanh", 25.0 / 9, [1.204889, 1.465976, 1.178865, 3.774963, 1.17848, 170.3596, 1.17848, 7688.879] },
        {
            "sigmoid", 1,
            [0.2646903, 4.273399e-07, 0.2646869, 2.29539e-13, 0.2646869, 1.910684e-38, 0.2646869, 1.590454e-63]
        },
        {
            "sigmoid", 2,
            [0.5553311, 7.499155e-06, 0.5552896, 7.87274e-11, 0.5552896, 9.562735e-31, 0.5552896, 1.161551e-50]
        },
        {
            "sigmoid", 1.0 / 3,
            [0.0850338, 2.896198e-09, 0.08503376, 9.285989e-18, 0.08503376, 9.813585e-52, 0.08503376, 1.037116e-85]
        },
        { "sigmoid", 256, [118.7545, 6.105533, 118.7543, 55.25644, 118.7543, 370698, 118.7543, 2.486895e+09] },
        {
            "sigmoid", 0.0256,
            [
                0.006410224, 1.022293e-14, 0.006410224, 1.054978e-28,
                0.006410224, 1.196505e-84, 0.006410224, 1.357018e-140,
            ]
        },
        { "selu", 1, [1, 1.412905, 1, 1.9963, 1, 7.955676, 1, 31.70505] },
        { "selu", 2, [10.3209, 12.02472, 30.57474, 58.93784, 379.9364, 3122.356, 2923.905, 44723.25] },
        {
            "selu", 1.0 / 3,
            [0.02062517, 0.03969387, 0.00204548, 0.00439521, 1.190057e-06, 2.692128e-06, 9.197027e-10, 2.083132e-09]
        },
        {
            "selu", 256,
            [
                1.031146e+11, 6.065736e+10, 5.809806e+21, 3.417629e+21,
                5.854996e+64, 3.444212e+64, 5.900538e+107, 3.471002e+107,
            ]
        },
        {
            "selu", 0.0256,
            [
                1.700834e-07, 3.580883e-07, 7.586451e-14, 1.598002e-13,
                3.010515e-39, 6.341319e-39, 1.194657e-64, 2.516413e-64,
            ]
        },
        { "selu", 9.0 / 16, [0.1452052, 0.2452432, 0.06656, 0.1326483, 0.02754398, 0.06713438, 0.0238607, 0.06368189] },
        { "elu", 1, [0.2262161, 0.1931881, 0.07090727, 0.07004239, 0.0080487, 0.009290072, 0.002813194, 0.003369653] },
        { "elu", 2, [3.773293, 2.726981, 6.498193, 5.88066, 20.15042, 47.85019, 35.73121, 203.7313] },
        {
            "elu", 1.0 / 3,
            [
                0.002095009, 0.002083245, 7.973782e-06, 8.197093e-06,
                2.274727e-15, 2.343698e-15, 6.523853e-25, 6.721659e-25,
            ]
        },
        {
            "elu", 256,
            [
                6.897003e+10, 3.530062e+10, 2.369792e+21, 1.21292e+21,
                3.303008e+63, 1.690564e+63, 4.603722e+105, 2.356302e+105,
            ]
        },
        {
            "elu", 0.0256,
            [
                9.587755e-09, 9.612521e-09, 1.054087e-16, 1.056892e-16,
                1.540549e-48, 1.54465e-48, 2.251516e-80, 2.257508e-80,
            ]
        },
        {
            "gelu", 1,
            [
                0.01313121, 0.004209682, 1.325011e-05, 4.157854e-06,
                1.205131e-17, 3.781588e-18, 1.096061e-29, 3.439335e-30,
            ]
        },
        {
            "gelu", 2,
            [1.374805, 0.8343607, 0.6264827, 0.4802338, 5.370456e-06, 3.820645e-06, 5.121771e-12, 3.643701e-12]
        },
        {
            "gelu", 1.0 / 3,
            [
                2.438416e-05, 6.67492e-06, 9.799943e-11, 2.682516e-11,
                2.556222e-32, 6.997088e-33, 6.667664e-54, 1.825124e-54,
            ]
        },
        {
            "gelu", 256,
            [
                6.871321e+10, 3.462117e+10, 2.360968e+21, 1.189574e+21,
                3.290709e+63, 1.658025e+63, 4.586579e+105, 2.310949e+105,
            ]
        },
        {
            "gelu", 0.0256,
            [
                4.49784e-11, 1.140827e-11, 4.829519e-22, 1.224954e-22,
                6.419532e-66, 1.628243e-66, 8.533022e-110, 2.164306e-110,
            ]
        },
        {
            "silu", 1,
            [
                0.007362828, 0.002130725, 7.243048e-06, 2.085913e-06,
                6.587561e-18, 1.897131e-18, 5.991352e-30, 1.725431e-30,
            ]
        },
        {
            "silu", 2,
            [0.6359532, 0.288769, 0.04373676, 0.01795005, 4.450211e-08, 1.789983e-08, 4.244053e-14, 1.707061e-14]
        },
        {
            "silu", 1.0 / 3,
            [
                1.975864e-05, 5.211065e-06, 7.940681e-11, 2.094214e-11,
                2.071252e-32, 5.462559e-33, 5.402664e-54, 1.424857e-54,
            ]
        },
        {
            "silu", 256,
            [
                6.867656e+10, 3.473941e+10, 2.359709e+21, 1.193637e+21,
                3.288954e+63, 1.663687e+63, 4.584133e+105, 2.318842e+105,
            ]
        },
        {
            "silu", 0.0256,
            [
                4.376266e-11, 1.100731e-11, 4.69898e-22, 1.181901e-22,
                6.246016e-66, 1.571016e-66, 8.302379e-110, 2.088238e-110,
            ]
        },
        {
            "softplus", 1,
            [0.8622576, 0.002065406, 0.8564157, 4.146162e-06, 0.8563052, 6.71806e-17, 0.8563052, 1.088521e-27]
        },
        { "softplus", 2, [4.816839, 0.1449005, 7.772475, 0.0326505, 17.13166, 0.0003601685, 24.7299, 1.047913e-05] },
        {
            "softplus", 1.0 / 3,
            [0.1868364, 5.120232e-06, 0.1867732, 2.537743e-11, 0.1867732, 1.531355e-32, 0.1867732, 9.240679e-54]
        },
        {
            "softplus", 256,
            [
                6.875137e+10, 3.249937e+10, 2.362279e+21, 1.11667e+21,
                3.292537e+63, 1.55641e+63, 4.589126e+105, 2.169319e+105,
            ]
        },
        {
            "softplus", 0.0256,
            [0.01243444, 1.093981e-11, 0.01243444, 1.192911e-22, 0.01243444, 1.686556e-66, 0.01243444, 2.384479e-110]
        },
    };

    [Theory]
    [MemberData(nameof(Depths))]
    public void Second_moments_and_gradients_through_depth(string activation, double weightVariance, double[] expected)
    {
        VarianceMap map = new(Activation.Parse(activation), weightVariance);
        double secondMoment = weightVariance;
        double gradient = 1;
        int next = 0;
        for (int layer = 1; layer <= 50; layer++)
        {
            gradient *= map.Chi(secondMoment);
            if (layer is 5 or 10 or 30 or 50)
            {
                GaussianExpectationTests.Close(expected[next++], secondMoment, 7);
                GaussianExpectationTests.Close(expected[next++], gradient, 7);
            }

            secondMoment = map.Next(secondMoment);
        }
    }

    [Theory]
    [InlineData("tanh", 25.0 / 9, 1.178480490)]
    [InlineData("tanh", 2, 0.617964770)]
    [InlineData("tanh", 1, 0)]
    [InlineData("tanh", 0.5, 0)]
    [InlineData("relu", 2, 1)]
    [InlineData("relu", 1, 0)]
    [InlineData("relu", 3, double.PositiveInfinity)]
    [InlineData("selu", 1, 1)]
    [InlineData("gelu", 2, 0)]
    public void Fixed_points_reached_from_1(string activation, double weightVariance, double expected)
    {
        double found = new VarianceMap(Activation.Parse(activation), weightVariance).FindFixedPoint();
        Assert.True(
            found == expected || Math.Abs(found - expected) < 1e-9,
            $"expected {expected:R}, was {found:R}");
    }

    // The map of exp, sigma_w^2 e^(2q), meets the identity at -W(-2 sigma_w^2)/2 on both branches of Lambert's W, for
    // sigma_w^2 below 1/(2e) = 0.184: the lower point attracts, from beyond the upper one signals explode.
    [Theory]
    [InlineData(0.18, 0.32, 0.40304215798540889)]
    [InlineData(0.18, 0.6, 0.40304215798540889)]
    [InlineData(0.18, 0.62, double.PositiveInfinity)]
    [InlineData(0.1, 1, 0.12958555090953687)]
    [InlineData(0.01, 1, 0.010206222027903834)]
    [InlineData(0.01, 0, 0.010206222027903834)]
    [InlineData(1e-14, 1, 1e-14)]
    [InlineData(0.19, 1, double.PositiveInfinity)]
    [InlineData(1, 1, double.PositiveInfinity)]
    public void Fixed_points_of_exp(double weightVariance, double start, double expected) =>
        Found(expected, new VarianceMap(Activation.Parse("exp"), weightVariance).FindFixedPoint(start));

    // q' = (3/2) sigma_w^2 q^2: 2/(3 sigma_w^2) is fixed but repels.
    [Theory]
    [InlineData(2.0 / 3, 1, 1)]
    [InlineData(2.0 / 3, 0.99, 0)]
    [InlineData(2.0 / 3, 1.01, double.PositiveInfinity)]
    public void Fixed_points_of_squared_relu(double weightVariance, double start, double expected) =>
        Found(expected, new VarianceMap(Activation.Parse("squared_relu"), weightVariance).FindFixedPoint(start));

    // q = sigma_w^2 (1 - e^(-2q)) / 2, for a large sigma_w^2 half of it.
    [Fact]
    public void Fixed_points_of_sin()
    {
        Activation sine = Activation.Parse("sin");
        Found(5e5, new VarianceMap(sine, 1e6).FindFixedPoint());
        double found = new VarianceMap(sine, 4).FindFixedPoint();
        Assert.Equal(2 * (1 - Math.Exp(-2 * found)), found, 1e-12);
        Assert.InRange(found, 1.9, 2);
    }

    // f(x) = 1.7159 tanh(2x/3) with sigma_w^2 = 1; as tanh in other units, q of its argument x is 9/4 of that of 2x/3.
    [Fact]
    public void LeCun_tanh_fixed_point()
    {
        double scale = 1.7159 * 2 / 3;
        double found = new VarianceMap(Activation.Parse("tanh"), scale * scale).FindFixedPoint();
        Assert.Equal(0.3824408013, found * 9 / 4, 1e-9);
        Assert.Equal(0.3824408013, new VarianceMap(Activation.Parse("lecun_tanh"), 1).FindFixedPoint(), 1e-9);
    }

    [Fact]
    public void A_start_next_to_a_repelling_zero_leaves_it()
    {
        Found(double.PositiveInfinity, new VarianceMap(Activation.Parse("linear"), 2).FindFixedPoint(1e-13));
        Found(0, new VarianceMap(Activation.Parse("linear"), 2).FindFixedPoint(0));
        Found(2, new VarianceMap(Activation.Parse("linear"), 0.5, 1).FindFixedPoint(0));
    }

    private static void Found(double expected, double found) => Assert.True(
        found == expected || Math.Abs(found - expected) < 1e-9 * expected,
        $"expected {expected:R}, was {found:R}");
}
