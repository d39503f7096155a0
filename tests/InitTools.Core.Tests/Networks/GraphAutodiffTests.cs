using System.Globalization;
using System.Text.Json;
using Xunit;

namespace InitTools.Core.Tests.Networks;

/// <summary>
/// Every value of networks with convolutions, pools, normalizations and skips, forwards and backwards, within 1e-10 of
/// PyTorch's automatic differentiation in double precision (tests/reference/networks/graphs.py).
/// </summary>
public class GraphAutodiffTests
{
    private const double Tolerance = 1e-10;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);
    private static readonly Reference s_reference =
        Read(File.ReadAllText(Path.Combine(TorchScript.Folder, "graphs.json")));

    public static TheoryData<string> Cases => [.. s_reference.Cases.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_are_those_of_automatic_differentiation(string name)
    {
        Case row = s_reference.Cases.Single(row => row.Name == name);
        Compare<double>(row, Layout.OI, Tolerance, 1);
        Compare<double>(row, Layout.IO, Tolerance, 2);

        // Single precision loses its own rounding and no more.
        Compare<float>(row, Layout.OI, 1e-5, 2);
    }

    [Fact]
    public void Values_are_those_of_PyTorch_on_this_machine()
    {
        string? printed = TorchScript.Run("graphs.py");
        Assert.SkipUnless(printed is not null, "There is no Python with PyTorch here (Debian: python3-torch).");
        Reference live = Read(printed);
        Assert.Equal(s_reference.Cases.Count, live.Cases.Count);
        Assert.All(live.Cases, row => Compare<double>(row, Layout.OI, Tolerance, 2));
    }

    private static void Compare<T>(Case row, Layout layout, double tolerance, int threads)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        int rows = s_reference.Rows;
        var description = new ArchitectureDescription(
            [.. row.Layers.Select(layer => new LayerDescription(property => Text(layer.GetValueOrDefault(property))))]);
        Architecture architecture = description.ReadArchitecture(Activation.Parse("linear"), Layout.OI);
        var network = new Network<T>(
            architecture.Layers.Select((layer, l) =>
            {
                TensorShape? shape = layer.Operation.WeightShapeOf(architecture.InputOf(l), Layout.OI);
                return layer.Operation.CreateLayer(
                    layer,
                    architecture.InputOf(l),
                    row.Found[l].Weight is double[] weight ? Convert<T>(Arrange(weight, shape!, layout)) : null,
                    layout,
                    row.Found[l].Bias is double[] bias ? Convert<T>(bias) : null);
            }),
            architecture.Input);
        var pass = new NetworkPass<T>(network, new ParallelOptions { MaxDegreeOfParallelism = threads });
        pass.Forward(Convert<T>(FeatureMajor(row.Input, rows)), rows);
        T[] outputGradient = Convert<T>(FeatureMajor(row.OutputGradient, rows));
        T[] activationGradient = outputGradient;
        pass.Backward(
            outputGradient,
            (l, gradient) =>
            {
                Layer expected = row.Found[l];
                Close(FeatureMajor(expected.PreActivations, rows), pass.PreActivations(l).Span, tolerance);
                Close(FeatureMajor(expected.Activations, rows), pass.Activations(l).Span, tolerance);
                Close(FeatureMajor(expected.ActivationGradient, rows), activationGradient, tolerance);
                Close(FeatureMajor(expected.PreActivationGradient, rows), gradient.PreActivation, tolerance);
                TensorShape? shape = network.Layers[l].Spec.Operation.WeightShapeOf(
                    architecture.InputOf(l), Layout.OI);
                Close(
                    expected.WeightGradient is double[] weight ? Arrange(weight, shape!, layout) : [],
                    gradient.Weight,
                    tolerance);
                Close(expected.BiasGradient ?? [], gradient.Bias, tolerance);
                activationGradient = gradient.Input.ToArray();
            },
            withInputGradient: true);
        Close(FeatureMajor(row.InputGradient, rows), activationGradient, tolerance);
    }

    private static void Close<T>(double[] expected, ReadOnlySpan<T> values, double tolerance)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Length, values.Length);
        double scale = Math.Sqrt(expected.Select(value => value * value).DefaultIfEmpty(1).Average());
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(expected[i], double.CreateTruncating(values[i]), tolerance * Math.Max(scale, 1e-3));
        }
    }

    // Examples of values become values over examples.
    private static double[] FeatureMajor(double[] values, int rows)
    {
        int columns = values.Length / rows;
        return [.. Enumerable.Range(0, values.Length).Select(k => values[k % rows * columns + k / rows])];
    }

    // (out, in, kernel...) becomes (kernel..., in, out) in layout IO.
    private static double[] Arrange(double[] weight, TensorShape shape, Layout layout)
    {
        if (layout == Layout.OI || shape.Rank == 1)
        {
            return weight;
        }

        int outputs = (int)shape[0];
        int inputs = (int)shape[1];
        int taps = weight.Length / (outputs * inputs);
        double[] arranged = new double[weight.Length];
        for (int at = 0; at < weight.Length; at++)
        {
            int tap = at % taps;
            int input = at / taps % inputs;
            int output = at / taps / inputs;
            arranged[(tap * inputs + input) * outputs + output] = weight[at];
        }

        return arranged;
    }

    private static T[] Convert<T>(double[] values)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        [.. values.Select(T.CreateTruncating)];

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetDouble().ToString(CultureInfo.InvariantCulture),
    };

    private static Reference Read(string json) => JsonSerializer.Deserialize<Reference>(json, s_json)!;

    private sealed record Reference(int Rows, IReadOnlyList<Case> Cases);

    private sealed record Case(
        string Name,
        IReadOnlyList<Dictionary<string, JsonElement>> Layers,
        double[] Input,
        double[] InputGradient,
        double[] OutputGradient,
        IReadOnlyList<Layer> Found);

    private sealed record Layer(
        double[]? Weight,
        double[]? Bias,
        double[] PreActivations,
        double[] Activations,
        double[] PreActivationGradient,
        double[] ActivationGradient,
        double[]? WeightGradient,
        double[]? BiasGradient);
}
