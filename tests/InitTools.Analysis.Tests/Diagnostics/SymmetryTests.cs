using Xunit;

namespace InitTools.Analysis.Tests.Diagnostics;

public sealed class SymmetryTests
{
    [Theory]
    [InlineData(Layout.IO, new float[] { 1, 2, 1, 3, 3, 3 })]
    [InlineData(Layout.OI, new float[] { 1, 3, 2, 3, 1, 3 })]
    public void Units_are_what_the_layout_says(Layout layout, float[] weight)
    {
        // Two inputs, three units; the first and the last unit are alike.
        Assert.Equal(2, Symmetry.CountDistinctUnits(new DenseLayer<float>(Spec(2, 3), weight, layout)));
    }

    [Fact]
    public void A_bias_sets_units_apart()
    {
        double[] weight = [1, 1, 1, 1];

        Assert.Equal(1, Symmetry.CountDistinctUnits(new DenseLayer<double>(Spec(2, 2), weight, Layout.IO, [5, 5])));
        Assert.Equal(2, Symmetry.CountDistinctUnits(new DenseLayer<double>(Spec(2, 2), weight, Layout.IO, [5, 6])));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(200)]
    public void One_weight_sets_units_apart_wherever_it_lies(int at)
    {
        float[] weight = [.. Enumerable.Repeat(0.5f, 3 * 201)];
        weight[at * 3 + 1] = 0.25f;

        Assert.Equal(2, Symmetry.CountDistinctUnits(new DenseLayer<float>(Spec(201, 3), weight)));
    }

    [Fact]
    public void One_bit_sets_units_apart()
    {
        Assert.Equal(1, Symmetry.CountDistinctRows<float>([0.5f, 0.5f], 2));
        Assert.Equal(2, Symmetry.CountDistinctRows<float>([0.5f, MathF.BitIncrement(0.5f)], 2));
        Assert.Equal(2, Symmetry.CountDistinctRows<double>([0.5, Math.BitIncrement(0.5)], 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1000)]
    public void Counts_groups_wherever_they_lie(int groups)
    {
        float[] rows = [.. Enumerable.Range(0, 3000).SelectMany(row => new float[] { 7, row * 17 % groups })];

        Assert.Equal(groups, Symmetry.CountDistinctRows<float>(rows, 3000));
    }

    private static LayerSpec Spec(int fanIn, int fanOut) => new("layer1", fanIn, fanOut, Activation.Parse("relu"));
}
