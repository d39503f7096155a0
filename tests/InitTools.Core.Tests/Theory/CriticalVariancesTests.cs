using Xunit;

namespace InitTools.Core.Tests.Theory;

/// <summary>
/// The line chi = 1 against computed values of the literature's networks, and against its definition.
/// </summary>
public class CriticalVariancesTests
{
    // tanh: sigma_b^2, sigma_w^2, q*, computed to 12 digits by other means.
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
    public void Of_tanh(double biasVariance, double weightVariance, double secondMoment)
    {
        var edge = CriticalVariances.AtBiasVariance(Activation.Parse("tanh"), biasVariance);
        const double Digits = 2e-11;
        Assert.Equal(weightVariance, edge.WeightVariance, weightVariance * Digits);
        Assert.Equal(secondMoment, edge.SecondMoment, secondMoment * Digits * 10);
    }

    [Theory]
    [InlineData("tanh", 1)]
    [InlineData("tanh", 0.25)]
    [InlineData("erf", 2)]
    [InlineData("selu", 1)]
    [InlineData("gelu", 1)]
    [InlineData("silu", 0.5)]
    [InlineData("relu", 3)]
    [InlineData("linear", 1)]
    public void Is_a_fixed_point_that_keeps_gradients(string activation, double secondMoment)
    {
        var edge = CriticalVariances.At(Activation.Parse(activation), secondMoment);
        VarianceMap map = new(Activation.Parse(activation), edge.WeightVariance, edge.BiasVariance);
        Assert.Equal(1, map.Chi(secondMoment), 2e-11);
        Assert.Equal(secondMoment, map.Next(secondMoment), secondMoment * 2e-11);
    }

    [Fact]
    public void Of_relu_without_biases_is_He()
    {
        var edge = CriticalVariances.AtBiasVariance(Activation.Parse("relu"), 0);
        Assert.Equal(2, edge.WeightVariance);
        Assert.Equal(0, edge.BiasVariance);
    }

    [Fact]
    public void Weights_and_biases_have_its_variances()
    {
        var edge = CriticalVariances.At(Activation.Parse("tanh"), 1);
        WeightTensor weight = Make("Critical(activation=tanh, q=1)", "400x300");
        WeightTensor bias = Make("CriticalBias(activation=tanh, q=1)", "300");
        Assert.Equal(edge.WeightVariance / 400, weight.Variance!.Value, 1e-15);
        Assert.Equal(edge.BiasVariance, bias.Variance!.Value, 1e-15);

        WeightTensor Make(string expression, string shape) => WeightTensor.Create(new WeightTensorOptions
        {
            Name = "t",
            Shape = TensorShape.Parse(shape),
            Initializer = Initializer.Parse(expression),
            Seed = new Seed(1L),
        });
    }

    // Slopes of the variance map at unit variance, and which gains hold with depth.
    [Theory]
    [InlineData("linear", 1, false)]
    [InlineData("relu", 1, false)]
    [InlineData("tanh", 0.461071, false)]
    [InlineData("selu", 0.782648, false)]
    [InlineData("elu", 0.890968, false)]
    [InlineData("gelu", 1.14406, true)]
    [InlineData("silu", 1.17259, true)]
    [InlineData("mish", 1.07634, true)]
    public void A_gain_that_depth_makes_unstable_says_so(string name, double slope, bool warns)
    {
        var activation = Activation.Parse(name);
        Assert.Equal(slope, activation.ForwardSlope, slope * 5e-6);
        Assert.Equal(warns, activation.DepthWarning is not null);
    }
}
