using Xunit;

namespace InitTools.Core.Tests.Theory;

/// <summary>
/// What the catalogue says that an initializer keeps, and for which activations, against the maps of theory.
/// </summary>
public class InitializerOutlookTests
{
    // fan_in Var(w) E[phi(z)^2] is the factor on the second moment behind the activation at z ~ N(0, 1), and
    // fan_out Var(w) E[phi'(z)^2] that on the variance of gradients.
    [Theory]
    [InlineData("HeNormal", "relu", 784, 256, 1, 256 / 784.0)]
    [InlineData("HeUniform", "relu", 256, 256, 1, 1)]
    [InlineData("LecunNormal", "linear", 256, 256, 1, 1)]
    [InlineData("LecunUniform", "selu", 784, 256, 1, 1.0715749925 * 256 / 784)]
    [InlineData("GlorotUniform", "linear", 784, 256, 784 / 520.0, 256 / 520.0)]
    [InlineData("VarianceScaling(mode=fan_out)", "linear", 784, 256, 784 / 256.0, 1)]
    [InlineData("Orthogonal", "linear", 300, 300, 1, 1)]
    public void What_is_kept_is_kept(
        string expression, string activation, long fanIn, long fanOut, double forward, double backward)
    {
        TensorShape shape = new(fanIn, fanOut);
        double variance = Initializer.Parse(expression)
            .GetLaw(new TensorGeometry(shape, Layout.IO, Fans.Of(shape, Layout.IO))).Variance;
        Activation phi = Activation.Parse(activation);
        Assert.Equal(forward, new VarianceMap(phi, fanIn * variance).Next(1), 1e-9);
        Assert.Equal(backward, new VarianceMap(phi, fanOut * variance).Chi(1), 1e-9);
    }

    [Fact]
    public void Recommended_are_exactly_the_activations_that_stay_within_the_factor()
    {
        InitializerDescription he = new InitializerListing { Names = ["HeNormal"] }.Find().Single();
        string[] expected =
        [
            .. Activation.All.Where(activation =>
            {
                (double moment, double gradient) = Through(activation, 2, InitializerListing.DefaultDepth);
                return moment is >= 0.01 and <= 100 && gradient is >= 0.01 and <= 100;
            }).Select(activation => activation.ToString()),
        ];
        Assert.Equal(expected.Order(), he.Activations.Split(", ").Order());
        Assert.Contains("relu", expected);
        Assert.DoesNotContain("sigmoid", expected);
    }

    private static (double Moment, double Gradient) Through(Activation activation, double weightVariance, int depth)
    {
        VarianceMap map = new(activation, weightVariance);
        double moment = weightVariance;
        double gradient = map.Chi(moment);
        for (int layer = 2; layer <= depth && double.IsFinite(moment); layer++)
        {
            moment = map.Next(moment);
            gradient *= double.IsFinite(moment) ? map.Chi(moment) : double.NaN;
        }

        return (moment, gradient);
    }
}
