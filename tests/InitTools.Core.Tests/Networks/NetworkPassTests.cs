using System.Numerics;
using InitTools.Kernels;
using Xunit;

namespace InitTools.Core.Tests.Networks;

/// <summary>Forward and backward passes against differences of a loss, and the classic facts about symmetry.</summary>
public class NetworkPassTests
{
    private const int Batch = 5;

    private static readonly ParallelOptions s_options = new();

    [Theory]
    [InlineData(Layout.IO, true)]
    [InlineData(Layout.OI, true)]
    [InlineData(Layout.IO, false)]
    public void Gradients_agree_with_central_differences_of_the_loss(Layout layout, bool withBias)
    {
        string[] activations =
            ["tanh", "relu", "leaky_relu(0.2)", "elu", "selu", "gelu", "silu", "softplus", "sigmoid", "linear"];
        var random = new Random(5);
        int[] widths = [4, 5, 6, 5, 4, 6, 5, 4, 5, 6, 3];
        DenseLayer<double>[] layers = [.. activations.Select((activation, l) => new DenseLayer<double>(
            new LayerSpec($"{activation}{l}", widths[l], widths[l + 1], Activation.Parse(activation)),
            Uniform(widths[l] * widths[l + 1], random),
            layout,
            withBias ? Uniform(widths[l + 1], random) : null))];
        double[] input = Uniform(4 * Batch, random);
        double[] outputGradient = Uniform(3 * Batch, random);
        Gradients<double> gradients = Run(layers, input, outputGradient);

        // The loss is the inner product of the output with a fixed gradient.
        double Loss() => Inner(outputGradient, Forward(layers, input));
        Compare(input, gradients.Input, Loss);
        for (int l = 0; l < layers.Length; l++)
        {
            Compare(layers[l].Weight, gradients.Weights[l], Loss);
            if (withBias)
            {
                Compare(layers[l].Bias!, gradients.Biases[l], Loss);
            }
            else
            {
                Assert.Empty(gradients.Biases[l]);
            }
        }
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 5)]
    [InlineData(2, 5000)]
    public void Moments_taken_in_the_pass_are_those_of_the_values(int threads, int batch)
    {
        const int Width = 130;
        NetworkPass<float> pass = DeepPass(Width, threads, takesMoments: true);
        var random = new Random(3);
        float[] input = Array.ConvertAll(Uniform(Width * batch, random), value => (float)value);
        pass.Forward(input, batch);
        pass.Forward(input, batch);
        Moments[] expected = new Moments[Width];
        for (int layer = 0; layer < pass.Network.Layers.Count; layer++)
        {
            Moments.OfRows(pass.PreActivations(layer).Span, batch, expected);
            Assert.Equal(expected, pass.PreActivationMoments(layer));
            Moments.OfRows(pass.Activations(layer).Span, batch, expected);
            Assert.Equal(expected, pass.ActivationMoments(layer));
        }

        int layers = 0;
        pass.Backward(input, (_, gradient) =>
        {
            Assert.Equal(Moments.Of(gradient.PreActivation), gradient.PreActivationMoments);
            layers++;
        });
        Assert.Equal(pass.Network.Layers.Count, layers);
    }

    [Fact]
    public void A_pass_without_moments_takes_none()
    {
        NetworkPass<float> pass = DeepPass(8, 1, takesMoments: false);
        pass.Forward(new float[8 * Batch], Batch);
        Assert.Equal(0, pass.PreActivationMoments(0).Length);
        Assert.Equal(0, pass.ActivationMoments(0).Length);
        pass.Backward(new float[8 * Batch], (_, gradient) => Assert.Null(gradient.PreActivationMoments));
    }

    [Fact]
    public void A_second_batch_allocates_nothing()
    {
        const int Width = 130;
        const int Rows = 64;
        NetworkPass<float> pass = DeepPass(Width, 1, takesMoments: true);
        float[] input = new float[Width * Rows];
        Array.Fill(input, 0.5f);
        LayerGradientHandler<float> handler = (_, _) => { };
        pass.Forward(input, Rows);
        pass.Backward(input, handler);
        long before = GC.GetAllocatedBytesForCurrentThread();
        pass.Forward(input, Rows);
        pass.Backward(input, handler);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void The_forward_pass_is_its_formula()
    {
        DenseLayer<double> layer = new(
            new LayerSpec("a", 2, 3, Activation.Parse("relu")), [1, 2, 3, 4, 5, -6], bias: [10, 20, -30]);
        NetworkPass<double> pass = new(new Network<double>([layer]), s_options);
        pass.Forward(new double[] { 1, 0, /* second input */ 0, 1 }, 2);
        Assert.Equal([11, 14, 22, 25, -27, -36], pass.PreActivations(0).ToArray());
        Assert.Equal([11, 14, 22, 25, 0, 0], pass.Output.ToArray());
    }

    [Fact]
    public void Layouts_hold_the_same_network()
    {
        double[] rowsOfInputs = [1, 2, 3, 4, 5, 6];
        double[] rowsOfOutputs = [1, 4, 2, 5, 3, 6];
        LayerSpec spec = new("a", 2, 3, Activation.Parse("tanh"));
        double[] input = Uniform(2 * Batch, new Random(6));
        double[] gradient = Uniform(3 * Batch, new Random(7));
        Gradients<double> io = Run([new DenseLayer<double>(spec, rowsOfInputs)], input, gradient);
        Gradients<double> oi = Run([new DenseLayer<double>(spec, rowsOfOutputs, Layout.OI)], input, gradient);
        Assert.Equal(io.Input, oi.Input);
        for (int i = 0; i < 2; i++)
        {
            for (int o = 0; o < 3; o++)
            {
                Assert.Equal(io.Weights[0][i * 3 + o], oi.Weights[0][o * 2 + i]);
            }
        }
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("relu")]
    public void Zero_weights_give_hidden_weights_no_gradient(string activation)
    {
        Gradients<float> gradients = RunEqualWeights(activation, 0);
        Assert.All(gradients.Weights, layer => Assert.All(layer, value => Assert.Equal(0, value)));
    }

    // sigmoid(0) = 1/2 reaches the output weights, so that all weights move, yet units stay equal to the last bit.
    [Fact]
    public void Zero_weights_with_sigmoid_move_the_output_weights_and_keep_units_identical()
    {
        DenseLayer<float>[] layers = EqualWeights("sigmoid", 0);
        float[] input = Singles(6 * Batch, 1);
        float[] outputGradient = Singles(3 * Batch, 2);
        Gradients<float> first = Run(layers, input, outputGradient);
        Assert.Contains(first.Weights[^1], value => value != 0);
        ParameterUpdate<float> descent = new Sgd().Attach<float>(0);
        for (int step = 0; step < 20; step++)
        {
            NetworkPass<float> pass = new(new Network<float>(layers), s_options);
            pass.Forward(input, Batch);
            pass.Backward(outputGradient, (l, gradient) =>
                descent.Apply(layers[l].Weight, gradient.Weight, 0.1));
        }

        Assert.All(layers, layer => Assert.Contains(layer.Weight, value => value != 0));
        UnitsAreIdentical(layers[0].Weight, 6, 7);
        UnitsAreIdentical(layers[1].Weight, 7, 7);
    }

    [Theory]
    [InlineData("tanh", 0.5f)]
    [InlineData("sigmoid", 0.5f)]
    [InlineData("relu", 0.01f)]
    [InlineData("gelu", 0.3f)]
    public void Constant_weights_have_gradients_identical_across_units_to_the_last_bit(string activation, float value)
    {
        foreach (Kernel kernel in KernelSelection.Available)
        {
            using IDisposable scope = KernelSelection.Use(kernel);
            Gradients<float> gradients = RunEqualWeights(activation, value);
            UnitsAreIdentical(gradients.Weights[0], 6, 7);
            UnitsAreIdentical(gradients.Weights[1], 7, 7);
            Assert.Contains(gradients.Weights[0], gradient => gradient != 0);
        }
    }

    [Fact]
    public void Kernels_and_threads_change_no_bit_and_buffers_carry_nothing_over()
    {
        var random = new Random(8);
        LayerSpec[] specs = [.. Architecture.FromWidths([50, 300, 120, 40], Activation.Parse("gelu")).Layers];
        DenseLayer<float>[] layers = [.. specs.Select(spec => new DenseLayer<float>(
            spec,
            [.. Uniform(spec.FanIn * spec.FanOut, random).Select(value => (float)value * 0.3f)],
            bias: [.. Uniform(spec.FanOut, random).Select(value => (float)value)]))];
        const int Rows = 130;
        float[] input = Singles(50 * Rows, 3);
        float[] outputGradient = Singles(40 * Rows, 4);
        Gradients<float>? expected = null;
        foreach (Kernel kernel in KernelSelection.Available)
        {
            using IDisposable scope = KernelSelection.Use(kernel);
            foreach (int threads in (int[])[1, 2])
            {
                var pass = new NetworkPass<float>(
                    new Network<float>(layers), new ParallelOptions { MaxDegreeOfParallelism = threads });

                // A larger and a smaller batch first leave their values in the buffers.
                pass.Forward(Singles(50 * 200, 5), 200);
                pass.Backward(Singles(40 * 200, 6), (_, _) => { });
                pass.Forward(Singles(50, 7), 1);
                Gradients<float> gradients = Run(pass, input, Rows, outputGradient);
                expected ??= gradients;
                Assert.Equal(expected.Input, gradients.Input);
                Assert.Equal(expected.Weights, gradients.Weights);
                Assert.Equal(expected.Biases, gradients.Biases);
            }
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        NetworkPass<float> pass = new(new Network<float>(EqualWeights("tanh", 1)), s_options);
        Assert.Throws<InvalidOperationException>(() => pass.Backward([], (_, _) => { }));
        Errors.Expect(ErrorId.EmptyBatch, () => pass.Forward(Array.Empty<float>(), 0));
        Errors.Expect(ErrorId.ShapeMismatch, () => pass.Forward(new float[13], 2));
        pass.Forward(new float[12], 2);
        Errors.Expect(ErrorId.ShapeMismatch, () => pass.Backward(new float[5], (_, _) => { }));
    }

    private static DenseLayer<float>[] EqualWeights(string activation, float value) =>
        [.. Architecture.FromWidths([6, 7, 7, 3], Activation.Parse(activation)).Layers.Select(
            spec => new DenseLayer<float>(spec, [.. Enumerable.Repeat(value, spec.FanIn * spec.FanOut)]))];

    private static Gradients<float> RunEqualWeights(string activation, float value) =>
        Run(EqualWeights(activation, value), Singles(6 * Batch, 1), Singles(3 * Batch, 2));

    // Weights of fan_in x fan_out: a unit's are a column.
    private static void UnitsAreIdentical(float[] weights, int fanIn, int fanOut)
    {
        for (int i = 0; i < fanIn; i++)
        {
            Assert.All(
                weights[(i * fanOut)..((i + 1) * fanOut)],
                value => Assert.Equal(
                    BitConverter.SingleToInt32Bits(weights[i * fanOut]), BitConverter.SingleToInt32Bits(value)));
        }
    }

    private static double[] Forward(DenseLayer<double>[] layers, double[] input)
    {
        NetworkPass<double> pass = new(new Network<double>(layers), s_options);
        pass.Forward(input, Batch);
        return pass.Output.ToArray();
    }

    private static Gradients<T> Run<T>(DenseLayer<T>[] layers, T[] input, T[] outputGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(new NetworkPass<T>(new Network<T>(layers), s_options), input, Batch, outputGradient);

    private static Gradients<T> Run<T>(NetworkPass<T> pass, T[] input, int batch, T[] outputGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        pass.Forward(input, batch);
        int depth = pass.Network.Layers.Count;
        var gradients = new Gradients<T>([], new T[depth][], new T[depth][]);
        pass.Backward(
            outputGradient,
            (l, gradient) =>
            {
                gradients.Weights[l] = gradient.Weight.ToArray();
                gradients.Biases[l] = gradient.Bias.ToArray();
                gradients = l == 0 ? gradients with { Input = gradient.Input.ToArray() } : gradients;
            },
            withInputGradient: true);
        return gradients;
    }

    private static void Compare(double[] parameters, double[] gradient, Func<double> loss)
    {
        const double Step = 1e-5;
        Assert.Equal(parameters.Length, gradient.Length);
        for (int i = 0; i < parameters.Length; i++)
        {
            double before = parameters[i];
            parameters[i] = before + Step;
            double above = loss();
            parameters[i] = before - Step;
            double below = loss();
            parameters[i] = before;
            Assert.Equal((above - below) / (2 * Step), gradient[i], 1e-7);
        }
    }

    private static double Inner(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();

    private static NetworkPass<float> DeepPass(int width, int threads, bool takesMoments)
    {
        var random = new Random(2);
        var network = new Network<float>(((string[])["relu", "tanh", "linear"]).Select(activation =>
            new DenseLayer<float>(
                new LayerSpec(activation, width, width, Activation.Parse(activation)),
                Array.ConvertAll(Uniform(width * width, random), value => (float)value),
                bias: new float[width])));
        return new NetworkPass<float>(network, new ParallelOptions { MaxDegreeOfParallelism = threads })
        {
            TakesMoments = takesMoments,
        };
    }

    private static double[] Uniform(int count, Random random) =>
        [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * 2 - 1)];

    private static float[] Singles(int count, int seed) =>
        [.. Uniform(count, new Random(seed)).Select(value => (float)value)];

    private sealed record Gradients<T>(T[] Input, T[][] Weights, T[][] Biases);
}
