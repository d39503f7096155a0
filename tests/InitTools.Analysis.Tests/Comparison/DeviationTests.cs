using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace InitTools.Analysis.Tests.Comparison;

public sealed class DeviationTests
{
    private static readonly StackFigures s_perfect = new(10, 1, 1, 1, 1);

    [Fact]
    public void Zero_is_perfect() => Assert.Equal(0, Deviation.Of(s_perfect, 1, null, 0, false, false));

    [Fact]
    public void Is_the_sum_of_its_parts()
    {
        // Nine steps: forwards e^(9*0.5) in all, backwards e^(-9*0.25); the first layer e^2 over ten layers.
        var stack = new StackFigures(10, 1, Math.Exp(4.5), Math.Exp(-2.25), 1);

        double deviation = Deviation.Of(stack, Math.Exp(-2), 0.125, 0.0625, false, false);

        Assert.Equal(0.5 + 0.25 + 0.2 + 0.125 + 0.0625, deviation, 1e-14);
    }

    [Fact]
    public void One_layer_has_its_first_factor_alone()
    {
        Assert.Equal(2, Deviation.Of(new StackFigures(1, 5, 5, 7, 7), Math.Exp(2), null, 0, false, false), 1e-14);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Symmetric_and_not_finite_stacks_are_infinitely_far(bool symmetric, bool nonFinite)
    {
        Assert.Equal(double.PositiveInfinity, Deviation.Of(s_perfect, 1, 0, 0, symmetric, nonFinite));
    }

    [Fact]
    public void Is_never_NaN()
    {
        double[] special = [0, double.Epsilon, 1, double.MaxValue, double.PositiveInfinity, double.NaN];
        Arbitrary<double> figure = Gen.OneOf(Gen.Elements(special), Gen.Choose(0, 1000).Select(n => n / 10.0))
            .ToArbitrary();

        Prop.ForAll(
            figure.Generator.ArrayOf(5).ToArbitrary(),
            Gen.Choose(1, 4).ToArbitrary(),
            (values, depth) =>
            {
                var stack = new StackFigures(depth, values[0], values[1], values[2], values[3]);
                double deviation = Deviation.Of(stack, values[4], null, 0, false, false);
                return deviation >= 0;
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Weights_multiply_their_parts_and_zero_leaves_one_out()
    {
        var stack = new StackFigures(10, 1, 0, Math.Exp(-2.25), 1);
        var weights = new DeviationWeights { Forward = 0, Backward = 3, FirstLayer = 0.5, Saturated = 2, Dead = 4 };

        double deviation = Deviation.Of(stack, Math.Exp(-2), 0.125, 0.0625, false, false, weights);

        Assert.Equal(3 * 0.25 + 0.5 * 0.2 + 2 * 0.125 + 4 * 0.0625, deviation, 1e-14);
        Assert.Equal(double.PositiveInfinity, Deviation.Of(stack, 1, null, 0, false, false));
    }
}
