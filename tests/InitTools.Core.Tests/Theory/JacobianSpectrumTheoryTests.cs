using Xunit;

namespace InitTools.Core.Tests.Theory;

/// <summary>The law of a Jacobian's singular values where it has a closed form.</summary>
public class JacobianSpectrumTheoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(20)]
    public void Linear_layers_have_the_law_of_Fuss_and_Catalan(int depth)
    {
        JacobianSpectrumTheory theory = Of(depth, "linear", 1)!;
        Assert.Equal(1, theory.MeanSquare, 1e-12);
        Assert.Equal(depth, theory.RelativeVariance(WeightEnsemble.Gaussian), 1e-11);
        double edge = Math.Pow(depth + 1, depth + 1) / Math.Pow(depth, depth);
        Assert.Equal(1, theory.Largest(WeightEnsemble.Gaussian) / Math.Sqrt(edge), 1e-6);

        // Orthogonal ones turn and no more.
        Assert.Equal(0, theory.RelativeVariance(WeightEnsemble.Orthogonal), 1e-11);
        Assert.Equal(1, theory.Largest(WeightEnsemble.Orthogonal), 1e-5);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(50)]
    public void Relu_grows_with_depth_whatever_the_weights(int depth)
    {
        // With 1 + 1/(2w) the inverse of M, both edges are roots of polynomials.
        JacobianSpectrumTheory theory = Of(depth, "relu", 2)!;
        Assert.Equal(1, theory.MeanSquare, 1e-10);
        Assert.Equal(2 * depth, theory.RelativeVariance(WeightEnsemble.Gaussian), 1e-9);
        Assert.Equal(depth, theory.RelativeVariance(WeightEnsemble.Orthogonal), 1e-9);
        double orthogonal = (depth - 1) * Math.Pow(depth / (depth - 1.0), depth);
        Assert.Equal(1, theory.Largest(WeightEnsemble.Orthogonal) / Math.Sqrt(orthogonal), 1e-6);
        double w = (1 - depth + Math.Sqrt((depth - 1.0) * (depth - 1) + 2 * depth)) / (2 * depth);
        double gaussian = (1 + w) / w * Math.Pow(2 * w + 1, depth);
        Assert.Equal(1, theory.Largest(WeightEnsemble.Gaussian) / Math.Sqrt(gaussian), 1e-6);
    }

    [Fact]
    public void Orthogonal_tanh_nears_isometry_as_signals_shrink()
    {
        // Small signals pass tanh unchanged; large ones meet slopes from 0 to 1.
        Assert.Equal(1, Of(10, "tanh", 1, 1e-8)!.Largest(WeightEnsemble.Orthogonal), 1e-3);
        JacobianSpectrumTheory large = Of(10, "tanh", 1, 1)!;
        Assert.InRange(large.RelativeVariance(WeightEnsemble.Orthogonal), 0.5, 5);
        Assert.Equal(
            10,
            large.RelativeVariance(WeightEnsemble.Gaussian) - large.RelativeVariance(WeightEnsemble.Orthogonal),
            1e-9);
    }

    [Fact]
    public void Stacks_without_theory_have_none()
    {
        var relu = Activation.Parse("relu");
        Assert.Null(JacobianSpectrumTheory.Of([new LayerLaw(4, 5, relu, 0, 1)], 1));
        Assert.Null(JacobianSpectrumTheory.Of([new LayerLaw(4, 4, relu, 0.5, 1)], 1));
        Assert.Null(JacobianSpectrumTheory.Of([new LayerLaw(4, 4, relu, 0, 0)], 1));
    }

    private static JacobianSpectrumTheory? Of(int depth, string activation, double scale, double secondMoment = 1) =>
        JacobianSpectrumTheory.Of(
            [.. Enumerable.Repeat(new LayerLaw(64, 64, Activation.Parse(activation), 0, scale / 64), depth)],
            secondMoment);
}
