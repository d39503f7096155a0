using Xunit;

namespace InitTools.Analysis.Tests.Diagnostics;

/// <summary>Reasons name layer, figure and, where theory applies, the cause.</summary>
public sealed class ReasonTests
{
    [Fact]
    public void Vanishing_gradients_of_sigmoid_are_laid_to_its_gain()
    {
        string reason = Reason(20, "sigmoid", "GlorotUniform");

        Assert.Matches(
            @"^Gradients vanish: variance falls by the factor 0\.05\d+ per layer, to \S+ of the output layer's at "
            + @"layer 1: sigmoid with gain 1; gain 4 keeps 0\.39 per layer\.$",
            reason);
    }

    [Theory]
    [InlineData("relu", "LecunNormal", "relu with gain 1; gain 1.41 keeps 1 per layer.")]
    [InlineData("tanh", "RandomNormal(stddev=0.02)", "tanh with gain 0.16; gain 1.59 keeps 0.95 per layer.")]
    [InlineData("relu", "RandomNormal(stddev=1)", "relu with gain 8; gain 1.41 keeps 1 per layer.")]
    public void A_better_gain_is_named(string activation, string initializer, string cause) =>
        Assert.Contains($": {cause}", Reason(20, activation, initializer), StringComparison.Ordinal);

    [Fact]
    public void Gains_that_differ_are_given_as_a_range()
    {
        string reason = LayerVarianceMeasurement.Measure(new LayerVarianceOptions
        {
            Layers = TestStack.Create([64, 64, 128, 256, 512, 256, 128, 64, 64], "sigmoid", "RandomNormal(stddev=0.1)"),
            Seed = new Seed(1L),
        })[0].Reason;

        Assert.Contains(": sigmoid with gains from 0.8 to 2.26; ", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mean_of_the_weights_leaves_no_theory_and_so_no_cause()
    {
        string reason = Reason(20, "relu", "RandomNormal(mean=1,stddev=1)");

        Assert.StartsWith("Signals explode", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("gain", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Saturation_is_laid_to_the_weights() => Assert.EndsWith(
        ": weights of variance 1 over 250 inputs have gain 15.8.",
        LayerVarianceMeasurement.Measure(new LayerVarianceOptions
        {
            Layers = TestStack.Create([250, 1000], "sigmoid", "RandomNormal(stddev=1)"),
            InputDistribution = Initializer.Parse("Ones"),
            Seed = new Seed(1L),
        })[0].Reason,
        StringComparison.Ordinal);

    [Fact]
    public void Constants_are_named() => Assert.EndsWith(
        "; all weights are 0.5.", Reason(3, "tanh", "Constant(0.5)"), StringComparison.Ordinal);

    [Fact]
    public void Dead_layers_give_their_largest_pre_activation()
    {
        LayerVariance row = LayerVarianceMeasurement.Measure(new LayerVarianceOptions
        {
            Layers = TestStack.Create([3, 4, 2], "relu", "GlorotUniform", bias: "Constant(-100)"),
            Seed = new Seed(1L),
        })[0];

        Assert.Matches(@": no pre-activation is above -9\d\.\d\.$", row.Reason);
    }

    private static string Reason(int depth, string activation, string initializer) =>
        LayerVarianceMeasurement.Measure(new LayerVarianceOptions
        {
            Layers = TestStack.Create(TestStack.EqualWidths(depth, 64), activation, initializer),
            Seed = new Seed(1L),
        })[0].Reason;
}
