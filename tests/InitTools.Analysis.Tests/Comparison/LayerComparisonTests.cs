using Xunit;

namespace InitTools.Analysis.Tests.Comparison;

public class LayerComparisonTests
{
    private const int Depth = 6;

    [Fact]
    public void With_one_seed_the_range_is_the_figure_and_the_curve_has_the_factors_of_the_criterion()
    {
        InitializerComparison comparison = Compare("HeNormal", seedCount: 1);
        IReadOnlyList<LayerComparison> layers = comparison.LayerCurve();

        Assert.Equal(Enumerable.Range(1, Depth), layers.Select(layer => layer.Layer));
        Assert.All(layers, layer =>
        {
            Assert.Equal(layer.SecondMoment, layer.LowestSecondMoment);
            Assert.Equal(layer.SecondMoment, layer.HighestSecondMoment);
            Assert.Equal(layer.GradientRatio, layer.LowestGradientRatio);
        });
        Assert.Equal(1, layers[^1].GradientRatio);
        double forward = Math.Pow(layers[^1].SecondMoment / layers[0].SecondMoment, 1.0 / (Depth - 1));
        Assert.Equal(comparison.ForwardFactor, forward, 1e-12);
        Assert.Equal(comparison.BackwardFactor, Math.Pow(layers[0].GradientRatio!.Value, 1.0 / (Depth - 1)), 1e-12);
    }

    [Fact]
    public void Over_seeds_the_geometric_means_are_those_of_the_criterion_within_the_range_of_the_seeds()
    {
        InitializerComparison comparison = Compare("HeNormal", seedCount: 5);
        IReadOnlyList<LayerComparison> layers = comparison.LayerCurve();

        double forward = Math.Pow(layers[^1].SecondMoment / layers[0].SecondMoment, 1.0 / (Depth - 1));
        Assert.Equal(comparison.ForwardFactor, forward, 1e-12);
        Assert.All(layers, layer =>
        {
            Assert.InRange(layer.SecondMoment, layer.LowestSecondMoment, layer.HighestSecondMoment);
            Assert.True(layer.LowestSecondMoment < layer.HighestSecondMoment);
        });
    }

    [Fact]
    public void Theory_of_He_and_relu_is_twice_the_inputs_second_moment_in_every_layer()
    {
        // q_1 = fan_in Var(w) E[x^2] = 2 E[x^2]; relu halves, He doubles again. Backwards fan_out Var(w)/2 = 1 between
        // layers of one width, and 10/64 for the step from the 10 outputs.
        IReadOnlyList<LayerComparison> layers = Compare("HeNormal", seedCount: 2).LayerCurve();

        Assert.All(layers, layer => Assert.Equal(2, layer.ExpectedSecondMoment!.Value, 1e-9));
        Assert.All(layers.SkipLast(1), layer => Assert.Equal(10.0 / 64, layer.ExpectedGradientFactor!.Value, 1e-9));
    }

    [Fact]
    public void Units_of_one_constant_are_one_unit_and_without_theory()
    {
        IReadOnlyList<LayerComparison> layers = Compare("Constant(value=0.5)", seedCount: 2).LayerCurve();

        Assert.All(layers, layer => Assert.Equal(1, layer.DistinctUnits));
        Assert.All(layers, layer => Assert.Null(layer.ExpectedSecondMoment));
    }

    [Fact]
    public void All_candidates_share_one_provenance_with_the_settings()
    {
        IReadOnlyList<InitializerComparison> rows = InitializerComparer.Compare(Options("HeNormal", 2) with
        {
            Initializers = null,
            Command = "Compare-Initializers -Seed 3",
        });

        Provenance provenance = rows[0].GetProvenance();
        Assert.All(rows, row => Assert.Same(provenance, row.GetProvenance()));
        Assert.Equal("64, 64 x 5, 10", provenance.Network);
        Assert.Equal("relu", provenance.Activation);
        Assert.Equal("Compare-Initializers -Seed 3", provenance.Command);
        Assert.Equal("3", provenance.Settings.Single(setting => setting.Key == "Seed").Value);
    }

    private static InitializerComparison Compare(string initializer, int seedCount) =>
        InitializerComparer.Compare(Options(initializer, seedCount))[0];

    private static ComparisonOptions Options(string initializer, int seedCount) => new()
    {
        Architecture = Architecture.FromWidths(TestStack.DigitWidths(Depth), Activation.Parse("relu")),
        Initializers = [Initializer.Parse(initializer)],
        Data = TestStack.Signs(100, 64, 1),
        Standardization = Standardization.None,
        SeedCount = seedCount,
        Seed = new Seed(3),
    };
}
