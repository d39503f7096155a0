using System.Text.Json;
using InitTools.Kernels;
using Xunit;

namespace InitTools.Core.Tests.Networks;

/// <summary>
/// Every figure of a network, forwards and backwards, within 1e-10 of PyTorch's automatic differentiation in double
/// precision (tests/reference/networks/autodiff.py).
/// </summary>
public class AutodiffTests
{
    private const double Tolerance = 1e-10;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);
    private static readonly Reference s_reference =
        Read(File.ReadAllText(Path.Combine(TorchScript.Folder, "vectors.json")));

    public static TheoryData<string> Activations => [.. s_reference.Cases.Select(row => row.Activation)];

    [Theory]
    [MemberData(nameof(Activations))]
    public void Figures_are_those_of_automatic_differentiation(string activation) =>
        Compare(s_reference.Cases.Single(row => row.Activation == activation));

    [Fact]
    public void Figures_are_those_of_PyTorch_on_this_machine()
    {
        string? printed = TorchScript.Run("autodiff.py");
        Assert.SkipUnless(printed is not null, "There is no Python with PyTorch here (Debian: python3-torch).");
        Reference live = Read(printed);
        Assert.Equal(s_reference.Cases.Count, live.Cases.Count);
        Assert.All(live.Cases, Compare);
    }

    private static void Compare(Case row)
    {
        int[] widths = s_reference.Widths;
        int rows = s_reference.Rows;
        var activation = Activation.Parse(row.Activation);
        var network = new Network<double>(row.Layers.Select((layer, l) => new DenseLayer<double>(
            new LayerSpec($"fc{l + 1}", widths[l], widths[l + 1], activation), layer.Weight, Layout.OI, layer.Bias)));
        var pass = new NetworkPass<double>(network, new ParallelOptions());
        pass.Forward(Transpose(row.Input, rows, widths[0]), rows);
        double[] outputGradient = Transpose(row.OutputGradient, rows, widths[^1]);
        double[] activationGradient = outputGradient;
        int compared = 0;
        pass.Backward(
            outputGradient,
            (l, gradient) =>
            {
                Layer expected = row.Layers[l];
                Close(expected.PreActivation, pass.PreActivations(l).Span);
                Close(expected.Activations, pass.Activations(l).Span);
                Close(expected.ActivationGradient, activationGradient);
                Close(expected.PreActivationGradient, gradient.PreActivation);
                Close(expected.WeightGradient, gradient.Weight);
                Close(expected.BiasGradient, gradient.Bias);
                activationGradient = gradient.Input.ToArray();
                compared++;
            },
            withInputGradient: true);
        Assert.Equal(row.Layers.Count, compared);
    }

    private static void Close(Figures expected, ReadOnlySpan<double> values)
    {
        var moments = Moments.Of(values);
        var shape = ShapeMoments.Of(values, moments);
        double scale = Math.Sqrt(expected.SecondMoment);
        Assert.Equal(expected.Mean, moments.Mean, Tolerance * scale);
        Assert.Equal(1, moments.Variance / expected.Variance, Tolerance);
        Assert.Equal(1, moments.SecondMoment / expected.SecondMoment, Tolerance);
        Assert.Equal(expected.Skewness, shape.Skewness, Tolerance * expected.Kurtosis);
        Assert.Equal(1, shape.Kurtosis / expected.Kurtosis, Tolerance);
    }

    // Rows of features become features over rows.
    private static double[] Transpose(double[] values, int rows, int columns) =>
        [.. Enumerable.Range(0, rows * columns).Select(k => values[k % rows * columns + k / rows])];

    private static Reference Read(string json) => JsonSerializer.Deserialize<Reference>(json, s_json)!;

    private sealed record Reference(int[] Widths, int Rows, IReadOnlyList<Case> Cases);

    private sealed record Case(
        string Activation,
        double[] Input,
        double[] OutputGradient,
        IReadOnlyList<Layer> Layers);

    private sealed record Layer(
        double[] Weight,
        double[] Bias,
        Figures PreActivation,
        Figures Activations,
        Figures PreActivationGradient,
        Figures ActivationGradient,
        Figures WeightGradient,
        Figures BiasGradient);

    private sealed record Figures(
        double Mean,
        double Variance,
        double SecondMoment,
        double Skewness,
        double Kurtosis);
}
