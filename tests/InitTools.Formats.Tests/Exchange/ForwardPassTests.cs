using System.Numerics;
using Xunit;

namespace InitTools.Formats.Tests.Exchange;

/// <summary>
/// A checkpoint written here loads in PyTorch with <c>load_state_dict(strict=True)</c> and gives the same forward pass,
/// but for the roundings of either, which theory bounds.
/// </summary>
public sealed class ForwardPassTests : IDisposable
{
    private const int Rows = 17;

    private static readonly int[] s_widths = [23, 64, 50, 10];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Of_float64() => Compare<double>(DType.Float64, Math.ScaleB(1, -53));

    [Fact]
    public void Of_float32() => Compare<float>(DType.Float32, Math.ScaleB(1, -24));

    private void Compare<T>(DType dtype, double unitRoundoff)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // nn.Sequential numbers its modules, and every other one is the activation.
        Architecture architecture = new(Enumerable.Range(0, s_widths.Length - 1).Select(l => new LayerSpec(
            $"{2 * l}", s_widths[l], s_widths[l + 1], Activation.Parse(l == s_widths.Length - 2 ? "linear" : "relu"))));
        IReadOnlyList<LayerTensors> layers = LayerTensors.Create(
            architecture,
            Initializer.Parse("kaiming_uniform_(a=2.2360679775)"),
            Initializer.Parse("RandomNormal(stddev=0.1)"),
            new Seed(5UL),
            StreamPurpose.Weights,
            dtype,
            Layout.OI);
        TensorFile.Write(
            _directory.PathOf("model.safetensors"),
            [.. layers.SelectMany(layer => (WeightTensor[])[layer.Weight!, layer.Bias!])],
            force: false,
            new ParallelOptions());
        WeightTensor input = WeightTensor.Create(new WeightTensorOptions
        {
            Name = "input",
            Shape = new TensorShape(Rows, s_widths[0]),
            Initializer = Initializer.Parse("RandomNormal(stddev=1)"),
            Seed = new Seed(6UL),
            DType = dtype,
        });
        TensorFile.Write(_directory.PathOf("input.npy"), [input], force: false, new ParallelOptions());

        string[] printed = PythonExchange.Run("torch-forward", _directory.PathOf(""));
        double[] theirs =
            TensorFile.Open(_directory.PathOf("output.npy")).Tensors.Single().ToWeightTensor().ToArray<double>();

        Assert.Equal(["<All keys matched successfully>"], printed);
        Network<T> network = new(layers.Select(layer => new DenseLayer<T>(
            architecture.Layers.Single(spec => spec.Name == layer.Name),
            layer.Weight!.ToArray<T>(),
            Layout.OI,
            layer.Bias!.ToArray<T>())));
        NetworkPass<T> pass = new(network, new ParallelOptions());
        pass.Forward(Transpose(input.ToArray<T>(), Rows, s_widths[0]), Rows);
        double[] ours = [.. Transpose(pass.Output.ToArray(), s_widths[^1], Rows).Select(double.CreateChecked)];
        double[] bounds = BoundOf(layers, input.ToArray<double>(), unitRoundoff);

        Assert.Equal(Rows * s_widths[^1], theirs.Length);
        for (int i = 0; i < ours.Length; i++)
        {
            Assert.InRange(Math.Abs(ours[i] - theirs[i]), 0, 2 * bounds[i]);
        }

        // The bound is no empty promise: it is far below the values.
        Assert.True(bounds.Max() < 1e5 * unitRoundoff && theirs.Max(Math.Abs) > 0.1);
    }

    /// <summary>
    /// How far a computed output is from the exact one at most. A sum of n products and a bias, in any order, is off by
    /// gamma = (n + 1) u / (1 - (n + 1) u) times the sum of their absolute values (Higham, Accuracy and Stability of
    /// Numerical Algorithms, section 3.1); what the layer before is off by passes through |W|; relu makes nothing
    /// larger.
    /// </summary>
    private static double[] BoundOf(IReadOnlyList<LayerTensors> layers, double[] input, double unitRoundoff)
    {
        (double[] values, double[] errors) = (input, new double[input.Length]);
        foreach (LayerTensors layer in layers)
        {
            double[] weight = layer.Weight!.ToArray<double>();
            double[] bias = layer.Bias!.ToArray<double>();
            double terms = (layer.FanIn + 1) * unitRoundoff;
            double gamma = terms / (1 - terms);
            var next = new double[Rows * layer.FanOut];
            var nextErrors = new double[next.Length];
            for (int row = 0; row < Rows; row++)
            {
                for (int unit = 0; unit < layer.FanOut; unit++)
                {
                    (double sum, double size, double error) = (bias[unit], Math.Abs(bias[unit]), 0);
                    for (int k = 0; k < layer.FanIn; k++)
                    {
                        double w = weight[unit * layer.FanIn + k];
                        double x = values[row * layer.FanIn + k];
                        sum += w * x;
                        size += Math.Abs(w) * (Math.Abs(x) + errors[row * layer.FanIn + k]);
                        error += Math.Abs(w) * errors[row * layer.FanIn + k];
                    }

                    int place = row * layer.FanOut + unit;
                    nextErrors[place] = error + gamma * size;
                    next[place] = layer == layers[^1] ? sum : Math.Max(sum, 0);
                }
            }

            (values, errors) = (next, nextErrors);
        }

        return errors;
    }

    private static T[] Transpose<T>(T[] values, int rows, int columns) =>
        [.. Enumerable.Range(0, values.Length).Select(k => values[k % rows * columns + k / rows])];
}
