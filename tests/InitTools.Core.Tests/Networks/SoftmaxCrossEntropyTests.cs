using Xunit;

namespace InitTools.Core.Tests.Networks;

/// <summary>The classifier's loss, its gradient, and gradient descent on it.</summary>
public class SoftmaxCrossEntropyTests
{
    [Fact]
    public void Undecided_it_is_the_logarithm_of_the_number_of_classes()
    {
        float[] gradient = new float[20];
        Assert.Equal(
            Math.Log(10), SoftmaxCrossEntropy.LossAndGradient<float>(new float[20], [3, 9], gradient), 1e-14);
        for (int c = 0; c < 10; c++)
        {
            Assert.Equal(c == 3 ? -0.45f : 0.05f, gradient[c * 2], 1e-8);
            Assert.Equal(c == 9 ? -0.45f : 0.05f, gradient[c * 2 + 1], 1e-8);
        }
    }

    [Fact]
    public void The_gradient_agrees_with_central_differences()
    {
        var random = new Random(1);
        double[] logits = [.. Enumerable.Range(0, 12).Select(_ => random.NextDouble() * 6 - 3)];
        int[] labels = [0, 2, 1, 2];
        double[] gradient = new double[12];
        double loss = SoftmaxCrossEntropy.LossAndGradient<double>(logits, labels, gradient);
        Assert.Equal(loss, SoftmaxCrossEntropy.Loss<double>(logits, labels));
        const double Step = 1e-5;
        for (int i = 0; i < logits.Length; i++)
        {
            double before = logits[i];
            logits[i] = before + Step;
            double above = SoftmaxCrossEntropy.Loss<double>(logits, labels);
            logits[i] = before - Step;
            double below = SoftmaxCrossEntropy.Loss<double>(logits, labels);
            logits[i] = before;
            Assert.Equal((above - below) / (2 * Step), gradient[i], 1e-8);
        }
    }

    [Fact]
    public void Large_logits_neither_overflow_nor_vanish()
    {
        float[] gradient = new float[2];
        Assert.Equal(2e4, SoftmaxCrossEntropy.LossAndGradient<float>([1e4f, -1e4f], [1], gradient), 1e-9);
        Assert.Equal([1, -1], gradient);
        Assert.Equal(0, SoftmaxCrossEntropy.Loss<float>([1e4f, -1e4f], [0]));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_is_not_finite_makes_the_loss_NaN(float logit) =>
        Assert.True(double.IsNaN(SoftmaxCrossEntropy.LossAndGradient<float>([logit, 0], [1], new float[2])));

    [Fact]
    public void Accuracy_is_the_share_of_largest_logits()
    {
        // Two classes, four rows: 0 wins, 1 wins, a tie goes to the first, NaN is never right.
        float[] logits = [2, 1, 1, float.NaN, 1, 2, 1, 0];
        Assert.Equal(0.75, SoftmaxCrossEntropy.Accuracy<float>(logits, [0, 1, 0, 0]));
        Assert.Equal(0.25, SoftmaxCrossEntropy.Accuracy<float>(logits, [0, 0, 1, 1]));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Errors.Expect(ErrorId.EmptyBatch, () => SoftmaxCrossEntropy.Loss<float>([1, 2], []));
        Errors.Expect(ErrorId.ShapeMismatch, () => SoftmaxCrossEntropy.Loss<float>([1, 2, 3], [0, 1]));
        Errors.Expect(
            ErrorId.ShapeMismatch, () => SoftmaxCrossEntropy.LossAndGradient<float>([1, 2], [0], new float[3]));
        Errors.Expect(ErrorId.LabelOutOfRange, () => SoftmaxCrossEntropy.Loss<float>([1, 2], [2]));
        Errors.Expect(ErrorId.LabelOutOfRange, () => SoftmaxCrossEntropy.Loss<float>([1, 2], [-1]));
    }

    // Rows of two classes that a line separates: 200 steps bring the loss close to 0.
    [Fact]
    public void Gradient_descent_learns_what_a_line_separates()
    {
        var random = new Random(2);
        const int Rows = 40;
        double[] input = [.. Enumerable.Range(0, 2 * Rows).Select(_ => random.NextDouble() * 2 - 1)];
        int[] labels = [.. Enumerable.Range(0, Rows).Select(row => input[row] > input[Rows + row] ? 1 : 0)];
        DenseLayer<double> layer = new(
            new LayerSpec("output", 2, 2, Activation.Parse("linear")), new double[4], bias: new double[2]);
        NetworkPass<double> pass = new(new Network<double>([layer]), new ParallelOptions());
        double[] gradient = new double[2 * Rows];
        pass.Forward(input, Rows);
        Assert.Equal(Math.Log(2), SoftmaxCrossEntropy.Loss(pass.Output, labels), 1e-14);
        ParameterUpdate<double> descent = new Sgd().Attach<double>(0);
        for (int step = 0; step < 200; step++)
        {
            pass.Forward(input, Rows);
            SoftmaxCrossEntropy.LossAndGradient<double>(pass.Output, labels, gradient);
            pass.Backward(gradient, (_, layerGradient) =>
            {
                descent.Apply(layer.Weight, layerGradient.Weight, 5);
                descent.Apply(layer.Bias!, layerGradient.Bias, 5);
            });
        }

        pass.Forward(input, Rows);
        Assert.InRange(SoftmaxCrossEntropy.Loss(pass.Output, labels), 0, 0.1);
        Assert.Equal(1, SoftmaxCrossEntropy.Accuracy(pass.Output, labels));
    }
}
