using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace InitTools.Analysis.Tests.Diagnostics;

/// <summary>Singular values of input-output Jacobians, against linear algebra and against theory.</summary>
public class JacobianMeasurementTests
{
    [Fact]
    public void A_linear_network_has_the_singular_values_of_its_matrix()
    {
        // What a linear network makes of the unit vectors is its matrix.
        LayerSpec[] layers =
        [
            new("conv", new ConvolutionOperation(2, 4, new Window([3, 2], [1, 2], [1])), Activation.Parse("linear")),
            new("flat", new FlattenOperation(), Activation.Parse("linear")),
            new("fc", 32, 5, Activation.Parse("linear")),
        ];
        var network = new Architecture(layers, new FeatureShape(2, 4, 3));
        IReadOnlyList<LayerTensors> tensors = LayerTensors.Create(
            network, Initializer.Parse("HeNormal"), null, new Seed(3L), StreamPurpose.Weights);
        JacobianSpectrum spectrum = JacobianMeasurement.Measure(new LayerVarianceOptions
        {
            Layers = tensors,
            InputShape = network.Input,
            Seed = new Seed(1L),
        });

        int inputs = network.InputWidth;
        var pass = new NetworkPass<double>(
            new Network<double>(
                tensors.Select((layer, l) => layer.Spec.Operation.CreateLayer(
                    layer.Spec, network.InputOf(l), layer.Weight?.ToArray<double>(), Layout.IO, null)),
                network.Input),
            new ParallelOptions());
        double[] identity = new double[inputs * inputs];
        for (int i = 0; i < inputs; i++)
        {
            identity[i * inputs + i] = 1;
        }

        pass.Forward(identity, inputs);
        double[] expected = Matrix<double>.Build.Dense(inputs, 5, pass.Output.ToArray()).Svd(false).S.ToArray();
        Assert.Equal(24, spectrum.InputCount);
        Assert.Equal(5, spectrum.OutputCount);
        Assert.Equal(5, spectrum.SingularValues().Length);
        Assert.All(
            expected.Zip(spectrum.SingularValues()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-12 * expected[0]));
        Assert.Equal(
            expected[0] / expected[^1], spectrum.ConditionNumber!.Value, 1e-9 * spectrum.ConditionNumber!.Value);
        Assert.Null(spectrum.ExpectedMeanSquare);
    }

    [Fact]
    public void Orthogonal_weights_are_an_isometry_and_Gaussian_ones_are_not()
    {
        JacobianSpectrum orthogonal = Measure("linear", "Orthogonal", 64, 6);
        Assert.All(orthogonal.SingularValues(), value => Assert.Equal(1, value, 1e-5));
        Assert.Equal(1, orthogonal.OrthogonalLargest!.Value, 1e-5);

        const int Width = 200;
        const int Depth = 3;
        JacobianSpectrum gaussian = Measure("linear", "LecunNormal", Width, Depth);

        // Relative standard errors: of a mean of N^2 squares sqrt(2)/N a layer; the edge wanders by N^(-2/3).
        Assert.Equal(1, gaussian.MeanSquare / gaussian.ExpectedMeanSquare!.Value, 5 * Math.Sqrt(2.0 * Depth) / Width);
        Assert.Equal(1, gaussian.RelativeVariance / gaussian.GaussianRelativeVariance!.Value, 0.15);
        Assert.Equal(1, gaussian.Largest / gaussian.GaussianLargest!.Value, 3 * Math.Pow(Width, -2.0 / 3));
    }

    [Theory]
    [InlineData("tanh", "Orthogonal")]
    [InlineData("tanh", "LecunNormal")]
    [InlineData("relu", "HeNormal")]
    [InlineData("relu", "Orthogonal(gain=relu)")]
    public void Nonlinear_stacks_follow_the_theory_of_their_weights(string activation, string initializer)
    {
        JacobianSpectrum spectrum = Measure(activation, initializer, 192, 5);
        bool isOrthogonal = initializer.StartsWith("Orthogonal", StringComparison.Ordinal);
        double variance =
            (isOrthogonal ? spectrum.OrthogonalRelativeVariance : spectrum.GaussianRelativeVariance)!.Value;
        double other = (isOrthogonal ? spectrum.GaussianRelativeVariance : spectrum.OrthogonalRelativeVariance)!.Value;
        double largest = (isOrthogonal ? spectrum.OrthogonalLargest : spectrum.GaussianLargest)!.Value;
        Assert.Equal(1, spectrum.MeanSquare / spectrum.ExpectedMeanSquare!.Value, 0.35);
        Assert.Equal(1, spectrum.RelativeVariance / variance, 0.25);
        Assert.Equal(1, spectrum.Largest / largest, 0.2);
        Assert.True(Math.Abs(spectrum.RelativeVariance - variance) < Math.Abs(spectrum.RelativeVariance - other));
    }

    [Fact]
    public void A_Jacobian_that_is_not_finite_or_too_large_is_refused()
    {
        Assert.Equal(
            ErrorId.NonFiniteValue,
            Assert.Throws<InitToolsException>(() => Measure("exp", "RandomNormal(stddev=100)", 8, 5)).ErrorId);
        Assert.Equal(
            ErrorId.AllocationTooLarge,
            Assert.Throws<InitToolsException>(() => Measure("relu", "Zeros", 2049, 1)).ErrorId);
    }

    private static JacobianSpectrum Measure(string activation, string initializer, int width, int depth) =>
        JacobianMeasurement.Measure(new LayerVarianceOptions
        {
            Layers = TestStack.Create(TestStack.EqualWidths(depth, width), activation, initializer),
            Seed = new Seed(5L),
        });
}
