using InitTools.Kernels;
using Xunit;

namespace InitTools.Core.Tests.Theory;

/// <summary>Predictions through stacks of given widths.</summary>
public class SignalPropagationTests
{
    private static readonly Activation s_tanh = Activation.Parse("tanh");
    private static readonly Activation s_relu = Activation.Parse("relu");

    [Fact]
    public void Equal_widths_follow_the_variance_map()
    {
        VarianceMap map = new(s_tanh, 2);
        IReadOnlyList<LayerPrediction> predictions = Predict(s_tanh, 2.0 / 64, 64, 64, 64, 64);
        double secondMoment = 2;
        double gradient = 1;
        foreach (LayerPrediction prediction in predictions)
        {
            Equal12(secondMoment, prediction.PreActivationSecondMoment);
            secondMoment = map.Next(secondMoment);
        }

        for (int l = predictions.Count - 2; l >= 0; l--)
        {
            double factor = map.Chi(predictions[l].PreActivationSecondMoment!.Value);
            gradient *= factor;
            Equal12(factor, predictions[l].GradientFactor);
            Equal12(gradient, predictions[l].GradientRatio);
        }

        Assert.Equal(1, predictions[^1].GradientFactor);
        Assert.Equal(1, predictions[^1].GradientRatio);
    }

    // Forwards the variance is multiplied by fan_in, backwards by fan_out of the layer the gradient comes from.
    [Fact]
    public void Unequal_widths_use_fan_in_forwards_and_fan_out_backwards()
    {
        LayerLaw[] layers = [new(784, 256, s_relu, 0, 0.01), new(256, 10, s_relu, 0, 0.02)];
        IReadOnlyList<LayerPrediction> predictions = SignalPropagation.Predict(layers, 0.5);
        Equal12(784 * 0.01 * 0.5, predictions[0].PreActivationSecondMoment);
        Equal12(256 * 0.02 * 784 * 0.01 * 0.5 / 2, predictions[1].PreActivationSecondMoment);
        Equal12(10 * 0.02 / 2, predictions[0].GradientFactor);
    }

    // The lecture's example: 250 inputs of 1 have no variance, yet z has variance 250.
    [Fact]
    public void The_first_layer_takes_the_second_moment_of_the_inputs() => Equal12(
        250,
        SignalPropagation.Predict([new LayerLaw(250, 1, s_tanh, 0, 1)], 1)[0].PreActivationSecondMoment);

    [Fact]
    public void Biases_add_their_second_moment_and_shift_the_law()
    {
        LayerLaw layer = new(10, 10, s_relu, 0, 0.2, BiasMean: 0.5, BiasVariance: 0.25);
        IReadOnlyList<LayerPrediction> predictions = SignalPropagation.Predict([layer, layer], 1);
        Equal12(2 + 0.25 + 0.25, predictions[0].PreActivationSecondMoment);

        // E[max(0, x)^2] of N(m, s^2) is (m^2 + s^2) P(m/s) + m s p(m/s).
        double deviation = 1.5;
        double ratio = 0.5 / deviation;
        double expected = (0.25 + 2.25) * MathNet.Numerics.Distributions.Normal.CDF(0, 1, ratio) +
            0.5 * deviation * MathNet.Numerics.Distributions.Normal.PDF(0, 1, ratio);
        Equal12(2 * expected + 0.5, predictions[1].PreActivationSecondMoment);
        Equal12(2 * MathNet.Numerics.Distributions.Normal.CDF(0, 1, ratio), predictions[0].GradientFactor);
    }

    [Fact]
    public void Weights_with_a_mean_have_no_theory_from_there_on()
    {
        LayerLaw sound = new(4, 4, s_tanh, 0, 0.25);
        LayerLaw constant = new(4, 4, s_tanh, 0.5, 0);
        IReadOnlyList<LayerPrediction> predictions =
            SignalPropagation.Predict([sound, sound, constant, sound, sound], 1);
        Assert.Equal(
            [true, true, false, false, false],
            predictions.Select(p => p.PreActivationSecondMoment is not null));
        Assert.Equal([true, false, false, false, true], predictions.Select(p => p.GradientFactor is not null));
        Assert.Equal([false, false, false, false, true], predictions.Select(p => p.GradientRatio is not null));
    }

    [Fact]
    public void Zero_weights_are_predicted_to_carry_nothing()
    {
        IReadOnlyList<LayerPrediction> predictions = Predict(s_tanh, 0, 4, 4, 4);
        Assert.All(predictions, prediction => Assert.Equal(0, prediction.PreActivationSecondMoment));
        Assert.Equal(0, predictions[0].GradientFactor);
    }

    [Fact]
    public void What_leaves_the_range_of_doubles_is_empty()
    {
        IReadOnlyList<LayerPrediction> predictions = Predict(s_relu, 1e100, [.. Enumerable.Repeat(1000, 6)]);
        Assert.NotNull(predictions[1].PreActivationSecondMoment);
        Assert.Null(predictions[3].PreActivationSecondMoment);
        Assert.Null(predictions[0].GradientRatio);
    }

    // Infinite width against five networks of width 512: second moments within 5 % for tanh and selu, 15 % for sigmoid,
    // gradient ratios within 15 %.
    [Theory]
    [InlineData("tanh", 1, 0.05)]
    [InlineData("tanh", 1.0 / 3, 0.05)]
    [InlineData("selu", 1, 0.05)]
    [InlineData("sigmoid", 1, 0.15)]
    public void Networks_of_width_512_follow(string activation, double weightVariance, double tolerance)
    {
        const int Width = 512;
        const int Depth = 10;
        const int Batch = 64;
        const int Networks = 5;
        var random = new MathNet.Numerics.Random.MersenneTwister(7);
        var normal = new MathNet.Numerics.Distributions.Normal(0, 1, random);
        Architecture architecture = Architecture.FromWidths(
            [.. Enumerable.Repeat(Width, Depth + 1)], Activation.Parse(activation));
        double[] secondMoments = new double[Depth];
        double[] gradients = new double[Depth];
        float[] weightsBuffer = new float[Width * Width];
        for (int n = 0; n < Networks; n++)
        {
            double deviation = Math.Sqrt(weightVariance / Width);
            var network = new Network<float>(architecture.Layers.Select(layer => new DenseLayer<float>(
                layer, [.. weightsBuffer.Select(_ => (float)(deviation * normal.Sample()))])));
            var pass = new NetworkPass<float>(network, new ParallelOptions());
            float[] batch = [.. Enumerable.Range(0, Width * Batch).Select(_ => (float)normal.Sample())];
            pass.Forward(batch, Batch);
            for (int l = 0; l < Depth; l++)
            {
                secondMoments[l] += Moments.Of(pass.PreActivations(l).Span).SecondMoment / Networks;
            }

            float[] gradient = [.. Enumerable.Range(0, Width * Batch).Select(_ => (float)normal.Sample())];
            double last = 0;
            pass.Backward(gradient, (l, layer) =>
            {
                double variance = Moments.Of(layer.PreActivation).Variance;
                last = l == Depth - 1 ? variance : last;
                gradients[l] += variance / last / Networks;
            });
        }

        IReadOnlyList<LayerPrediction> predictions = SignalPropagation.Predict(
            [.. architecture.Layers.Select(l => new LayerLaw(Width, Width, l.Activation, 0, weightVariance / Width))],
            1);
        for (int l = 0; l < Depth; l++)
        {
            Assert.InRange(
                secondMoments[l] / predictions[l].PreActivationSecondMoment!.Value, 1 - tolerance, 1 + tolerance);
            Assert.InRange(gradients[l] / predictions[l].GradientRatio!.Value, 0.85, 1.15);
        }
    }

    private static IReadOnlyList<LayerPrediction> Predict(
        Activation activation,
        double variance,
        params int[] widths) =>
        SignalPropagation.Predict(
            [.. Enumerable.Range(1, widths.Length - 1).Select(
                l => new LayerLaw(widths[l - 1], widths[l], activation, 0, variance))],
            1);

    private static void Equal12(double expected, double? actual) => Assert.True(
        actual is double value && Math.Abs(value / expected - 1) < 1e-12, $"expected {expected:R}, was {actual:R}");
}
