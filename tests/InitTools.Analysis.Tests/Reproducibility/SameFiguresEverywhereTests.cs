using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;
using InitTools.Kernels;
using Xunit;

namespace InitTools.Analysis.Tests.Reproducibility;

/// <summary>
/// Measuring, comparing, training and testing give the same bits whatever the processor offers. Child processes, in
/// which instruction sets are switched off, run <see cref="Figures_are_those_of_the_parent_process"/>.
/// </summary>
public sealed class SameFiguresEverywhereTests
{
    private const string ExpectedDigest = "INITTOOLS_TEST_DIGEST";
    private const string ExpectedMachine = "INITTOOLS_TEST_MACHINE";

    private static readonly Lazy<string> s_digest = new(ComputeDigest);

    [Fact]
    public void Figures_are_those_of_the_parent_process()
    {
        Assert.Equal(Environment.GetEnvironmentVariable(ExpectedDigest) ?? ComputeDigest(), s_digest.Value);
        Assert.Contains(
            Environment.GetEnvironmentVariable(ExpectedMachine) ?? "",
            DescribeMachine(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "0", "vector512 False")]
    [InlineData("DOTNET_EnableAVX2", "0", "vector<float> 4")]
    [InlineData("DOTNET_EnableHWIntrinsic", "0", "kernel scalar")]
    [InlineData("INITTOOLS_KERNEL", "scalar", "kernel scalar")]
    [InlineData("INITTOOLS_KERNEL", "vector", "kernel vector")]
    [InlineData("DOTNET_PROCESSOR_COUNT", "1", "processors 1")]
    public async Task A_switch_takes_effect_and_changes_no_bit(string variable, string value, string machine)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                typeof(SameFiguresEverywhereTests).Assembly.Location,
                "-method",
                $"{typeof(SameFiguresEverywhereTests).FullName}.{nameof(Figures_are_those_of_the_parent_process)}",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[variable] = value;
        start.Environment[ExpectedDigest] = s_digest.Value;
        start.Environment[ExpectedMachine] = machine;

        using Process child = Process.Start(start)!;
        Task<string> error = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await error;
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(child.ExitCode == 0, output);
        Assert.Contains("Total: 1,", output, StringComparison.Ordinal);
    }

    private static string DescribeMachine() => string.Create(
        CultureInfo.InvariantCulture,
        $"vector512 {Vector512.IsHardwareAccelerated}, vector<float> {Vector<float>.Count}, " +
        $"kernel {KernelSelection.SelectedName}, processors {Environment.ProcessorCount}");

    private static string ComputeDigest()
    {
        var text = new StringBuilder();
        AppendMeasurements(text);
        AppendComparisons(text);
        AppendFindings(text);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    // All figures of every layer; widths and rows are no multiples of a vector's length.
    private static void AppendMeasurements(StringBuilder text)
    {
        foreach (Precision precision in Enum.GetValues<Precision>())
        {
            foreach (string activation in (string[])["relu", "tanh", "selu", "gelu"])
            {
                IReadOnlyList<LayerVariance> rows = LayerVarianceMeasurement.Measure(new LayerVarianceOptions
                {
                    Layers = TestStack.Create(
                        [64, 37, 29, 10], activation, "GlorotNormal", bias: "RandomNormal(stddev=0.1)"),
                    Data = TestStack.Digits.ExcludeColumns(["digit"]).TakeRows(203),
                    LearningRate = 0.01,
                    Precision = precision,
                    Seed = new Seed(3L),
                });
                foreach (LayerVariance row in rows)
                {
                    foreach (PropertyInfo figure in typeof(LayerVariance).GetProperties())
                    {
                        text.Append(CultureInfo.InvariantCulture, $" {figure.Name} {figure.GetValue(row)}");
                    }

                    text.Append(CultureInfo.InvariantCulture, $" {row.Quantile(0.3)}");
                    text.AppendJoin(' ', row.Histogram(7, LayerQuantity.Activation).Select(bin => bin.Count));
                }
            }
        }
    }

    // All properties of every finding; what a p-value decides is nothing, and its bits are these.
    private static void AppendFindings(StringBuilder text)
    {
        string[] expressions = ["HeNormal", "LecunUniform", "RandomNormal(stddev=1)", "Orthogonal", "GlorotNormal"];
        foreach (string shape in (string[])["67x45", "3x3x17x29"])
        {
            WeightTensor[] tensors =
            [
                .. expressions.Select((expression, i) =>
                    TestedWeights.Drawn(expression, shape, i, $"layer{i}.weight")),
            ];
            foreach (WeightFinding finding in SoundnessTest.Run(tensors, new SoundnessOptions()))
            {
                foreach (PropertyInfo property in typeof(WeightFinding).GetProperties())
                {
                    text.Append(CultureInfo.InvariantCulture, $" {property.Name} {property.GetValue(finding)}");
                }
            }
        }
    }

    private static void AppendComparisons(StringBuilder text)
    {
        foreach (string activation in (string[])["relu", "tanh", "gelu", "sigmoid"])
        {
            IReadOnlyList<InitializerComparison> rows = InitializerComparer.Compare(new ComparisonOptions
            {
                Architecture = Architecture.FromWidths([64, 17, 9, 10], Activation.Parse(activation)),
                Bias = Initializer.Parse("RandomNormal(stddev=0.1)"),
                Data = TestStack.Digits.TakeRows(200),
                Target = "digit",
                SeedCount = 2,
                Seed = new Seed(3L),
                Training = new TrainingOptions { EpochCount = 1, HoldOut = 20, BatchSize = 33 },
            });
            foreach (InitializerComparison row in rows)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{row.Initializer} {row.Deviation:R} {row.FirstLayerFactor:R} {row.SaturatedFraction:R}");
                text.Append(row.Reason);
                foreach (EpochLoss epoch in row.LossCurve())
                {
                    text.Append(CultureInfo.InvariantCulture, $" {epoch.Loss:R} {epoch.HeldOutLoss:R}");
                }
            }
        }
    }
}
