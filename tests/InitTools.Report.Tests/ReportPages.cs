using System.Globalization;
using InitTools.Analysis;

namespace InitTools.Report.Tests;

/// <summary>Pages as users make them.</summary>
internal static class ReportPages
{
    public const string Attack = "</script><img src=x onerror=alert(1)>";

    private static readonly Lazy<string> s_comparison = new(() => Write(InitializerComparer.Compare(Comparison())));

    /// <summary>The default candidates on five relu layers.</summary>
    public static string Compared => s_comparison.Value;

    /// <summary>A page over results.</summary>
    public static string Write(IReadOnlyCollection<object> results, string title = ReportPage.DefaultTitle)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        ReportPage.Write(writer, results, title);
        return writer.ToString();
    }

    /// <summary>A comparison over drawn rows, so that it takes a moment only.</summary>
    public static ComparisonOptions Comparison(int depth = 5, params string[] initializers) => new()
    {
        Architecture = Architecture.FromWidths([.. Enumerable.Repeat(16, depth), 4], Activation.Parse("relu")),
        Initializers = [.. initializers.Select(expression => Initializer.Parse(expression))],
        BatchSize = 32,
        SeedCount = 3,
        Seed = new Seed(1),
        Command = $"Compare-Initializers -Seed 1 # {Attack}",
    };

    /// <summary>
    /// Candidates trained for four epochs to tell apart the signs of one of 16 numbers; where none are given, two of
    /// which one cannot learn.
    /// </summary>
    public static IReadOnlyList<InitializerComparison> Trained(
        LossFunction loss = LossFunction.CrossEntropy, params string[] initializers)
    {
        const int Rows = 128;
        string[] columns = [.. Enumerable.Range(0, 16).Select(i => $"x{i}"), "sign"];
        double[] values =
        [
            .. Enumerable.Range(0, Rows).SelectMany(row =>
            {
                double[] inputs = [.. Enumerable.Range(0, 16).Select(i => Math.Sin(1 + row * 16 + i))];
                return inputs.Append(inputs[0] > 0 ? 1 : 0);
            }),
        ];
        string[] compared = initializers.Length > 0 ? initializers : ["HeNormal", "Zeros"];
        return InitializerComparer.Compare(Comparison(3, compared) with
        {
            Architecture = Architecture.FromWidths([16, 16, 2], Activation.Parse("relu")),
            Data = new DataSet(columns, Rows, values),
            Target = "sign",
            Training = new TrainingOptions { EpochCount = 4, LearningRates = [0.1], Loss = loss },
        });
    }

    /// <summary>A measured stack of sigmoid layers, the first of which has a name of its own.</summary>
    public static IReadOnlyList<LayerVariance> Measure(string initializer, string firstName = "first", long seed = 1)
    {
        var network = new Architecture(
        [
            new LayerSpec(firstName, 16, 16, Activation.Parse("sigmoid")),
            new LayerSpec("second", 16, 16, Activation.Parse("sigmoid")),
            new LayerSpec("third", 16, 4, Activation.Parse("sigmoid")),
        ]);
        return LayerVarianceMeasurement.Measure(new LayerVarianceOptions
        {
            Layers = LayerTensors.Create(
                network, Initializer.Parse(initializer), null, new Seed(seed), StreamPurpose.Weights),
            BatchSize = 32,
            Seed = new Seed(seed),
        });
    }
}
