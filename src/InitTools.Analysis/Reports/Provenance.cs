using System.Globalization;
using InitTools.Kernels;

namespace InitTools.Analysis;

/// <summary>What a result was made by: what it takes to tell two results apart, and to make one again.</summary>
public sealed class Provenance
{
    private Provenance(
        Architecture network,
        double? inputSecondMoment,
        string? command,
        IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        Network = Describe(network);
        Activation = DescribeActivation(network);
        Depth = network.Depth;
        InputSecondMoment = inputSecondMoment;
        Command = command;
        Settings = settings;
    }

    /// <summary>The widths, input first, such as <c>64, 64 x 9, 10</c>.</summary>
    public string Network { get; }

    /// <summary>
    /// The activations of the hidden layers in the order of their first use; the only layer's without any.
    /// </summary>
    public string Activation { get; }

    /// <summary>Layers.</summary>
    public int Depth { get; }

    /// <summary>E[x^2] of the one batch that was measured; null where several were.</summary>
    public double? InputSecondMoment { get; }

    /// <summary>The line of PowerShell that makes the result again; null where it was made otherwise.</summary>
    public string? Command { get; }

    /// <summary>What training made small; null where nothing was trained.</summary>
    internal LossFunction? Loss { get; private init; }

    /// <summary>Names and values of the settings, for people, in the order to show them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; }

    /// <summary>Of a measurement.</summary>
    internal static Provenance Of(LayerVarianceOptions options, Architecture network, DataSet batch) => new(
        network,
        Moments.Of(batch.Values).SecondMoment,
        options.Command,
        [
            new("Network", Describe(network)),
            new("Activation", DescribeActivation(network)),
            new("Input", DescribeInput(options.Data, options.Standardization, options.InputDistribution)),
            new("Batch", Rows(batch.RowCount)),
            new("Output gradient", options.OutputGradient is null ? "drawn from N(0, 1)" : "given"),
            new("Precision", options.Precision.ToString()),
            new("Verdict thresholds", Describe(options.Thresholds)),
            new("Seed", Text(options.Seed.Value)),
            Version(),
        ]);

    /// <summary>Of a comparison.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="network">The network, with its output activation.</param>
    /// <param name="inputs">The standardized rows to choose from, or null where they are drawn.</param>
    internal static Provenance Of(ComparisonOptions options, Architecture network, DataSet? inputs)
    {
        List<KeyValuePair<string, string>> settings =
        [
            new("Network", Describe(network)),
            new("Activation", DescribeActivation(network)),
            new("Output activation", options.OutputActivation.ToString()),
            new("Bias", options.Bias?.ToString() ?? "none"),
            new("Input", DescribeInput(options.Data, options.Standardization, options.InputDistribution)),
            new("Batch", Rows(options.BatchSize ?? inputs?.RowCount ?? LayerVarianceOptions.DefaultDrawnRows)),
            new("Output gradient", "drawn from N(0, 1)"),
        ];
        if (options.Training is { } training)
        {
            settings.Add(new(
                "Training",
                $"target '{options.Target}', {LossFunctions.Spellings.NameOf(training.Loss)}, {training.Optimizer}, " +
                $"learning rate {string.Join(", ", training.LearningRates.Select(rate => Text(rate)))}, " +
                $"{Text(training.EpochCount)} epochs, mini-batches of {Rows(training.BatchSize)}"));
        }

        settings.AddRange(
        [
            new("Precision", options.Precision.ToString()),
            new("Verdict thresholds", Describe(options.Thresholds)),
            new("Tries of each initializer", Text(options.SeedCount)),
            new("Seed", Text(options.Seed.Value)),
            Version(),
        ]);
        return new Provenance(network, null, options.Command, settings) { Loss = options.Training?.Loss };
    }

    private static string Describe(Architecture network)
    {
        List<(FeatureShape Shape, int Count)> groups = [(network.Input, 1)];
        foreach (FeatureShape output in network.Outputs)
        {
            // The input stands for itself, as it is no layer.
            if (groups.Count > 1 && groups[^1].Shape.Equals(output))
            {
                groups[^1] = (output, groups[^1].Count + 1);
            }
            else
            {
                groups.Add((output, 1));
            }
        }

        return string.Join(
            ", ",
            groups.Select(group => group.Shape + (group.Count == 1 ? "" : $" x {Text(group.Count)}")));
    }

    private static string DescribeActivation(Architecture network)
    {
        IEnumerable<LayerSpec> layers = network.Depth == 1 ? network.Layers : network.Layers.SkipLast(1);
        return string.Join(", ", layers.Select(layer => layer.Activation.ToString()).Distinct());
    }

    private static string DescribeInput(DataSet? data, Standardization standardization, Initializer? distribution) =>
        data is null
            ? $"drawn from {distribution ?? InputBatch.StandardNormal}"
            : $"{Rows(data.RowCount)} of {Text(data.ColumnCount)} columns, standardized: {standardization}"
                + (data.CountNonFinite() is int count and > 0 ? $", {Text(count)} values NaN or infinite" : "");

    private static string Describe(VerdictThresholds thresholds) => string.Create(
        CultureInfo.InvariantCulture,
        $"factor {thresholds.StackFactor} over the stack or {thresholds.LayerFactor} per layer, saturated share " +
        $"{thresholds.SaturatedFraction}, dead on {thresholds.DeadRows} rows or more");

    private static KeyValuePair<string, string> Version() => new(
        "Made by",
        $"InitTools {typeof(Provenance).Assembly.GetName().Version!.ToString(3)}, version " +
        $"{Text(WeightTensor.SpecificationVersion)} of the stream specification");

    private static string Rows(int count) => count == 1 ? "1 row" : $"{Text(count)} rows";

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
