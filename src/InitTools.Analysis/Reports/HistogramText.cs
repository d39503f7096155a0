using System.Globalization;
using System.Text;

namespace InitTools.Analysis;

/// <summary>Histograms of a layer's values in text.</summary>
public static class HistogramText
{
    private const string Heights = " \u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private const string Lengths = "\u258F\u258E\u258D\u258C\u258B\u258A\u2589\u2588";
    private const int Levels = 8;

    /// <summary>
    /// A line a bin: its lower end, a bar, its count, and a last line with the upper end of all.
    /// </summary>
    /// <param name="layer">A measured layer.</param>
    /// <param name="quantity">Of which values.</param>
    /// <param name="binCount">How many bins.</param>
    /// <param name="width">Columns of text that no line exceeds.</param>
    public static IReadOnlyList<string> Draw(
        LayerVariance layer,
        LayerQuantity quantity = LayerQuantity.PreActivation,
        int binCount = 20,
        int width = LayerChartOptions.LargestWidth)
    {
        ArgumentNullException.ThrowIfNull(layer);
        IReadOnlyList<HistogramBin> bins = layer.Histogram(binCount, quantity);
        string title = $"Layer {layer.Layer}, {layer.Name}: {Symbol(quantity)} of {layer.Activation}";
        if (bins.Count == 0)
        {
            return [title, "No value is finite."];
        }

        string[] ends = [.. bins.Select(bin => Figure(bin.LowerBound)).Append(Figure(bins[^1].UpperBound))];
        int gutter = ends.Max(end => end.Length);
        int counts = bins.Max(bin => bin.Count.ToString(CultureInfo.InvariantCulture).Length);
        const int Margins = 3;
        int room = width - gutter - counts - Margins;
        long most = bins.Max(bin => bin.Count);
        return
        [
            title,
            .. bins.Select((bin, index) =>
                $"{ends[index].PadLeft(gutter)} \u2502{Bar(bin.Count, most, room)} {bin.Count}"),
            $"{ends[^1].PadLeft(gutter)} \u2502",
        ];
    }

    /// <summary>The whole histogram in one line of block elements, a column a bin; the highest bin is full.</summary>
    /// <param name="bins">The bins.</param>
    public static string Sparkline(IReadOnlyList<HistogramBin> bins)
    {
        ArgumentNullException.ThrowIfNull(bins);
        long most = bins.Select(bin => bin.Count).DefaultIfEmpty(0).Max();
        var line = new StringBuilder(bins.Count);
        foreach (HistogramBin bin in bins)
        {
            // Rounded up, so that a bin with a single value is seen.
            line.Append(Heights[most == 0 ? 0 : (int)Math.Ceiling((double)Levels * bin.Count / most)]);
        }

        return line.ToString();
    }

    /// <summary>A line a layer: its name, its smallest value, the histogram, its largest value.</summary>
    internal static IReadOnlyList<string> Draw(
        IReadOnlyList<LayerVariance> layers, LayerQuantity quantity, int width)
    {
        const int LongestName = 20;
        const int MostBins = 60;
        const int Margins = 3;
        string[] names = [.. layers.Select(layer => Shorten($"{layer.Layer} {layer.Name}", LongestName))];
        string[] smallest = [.. layers.Select(layer => Figure(layer.Quantile(0, quantity)))];
        string[] largest = [.. layers.Select(layer => Figure(layer.Quantile(1, quantity)))];
        int nameWidth = names.Max(name => name.Length);
        int smallestWidth = smallest.Max(text => text.Length);
        int largestWidth = largest.Max(text => text.Length);
        int binCount = Math.Min(MostBins, width - nameWidth - smallestWidth - largestWidth - Margins);
        return
        [
            .. layers.Select((layer, index) =>
                $"{names[index].PadRight(nameWidth)} {smallest[index].PadLeft(smallestWidth)} " +
                $"{Sparkline(layer.Histogram(binCount, quantity)).PadRight(binCount)} {largest[index]}"),
        ];
    }

    /// <summary>z or phi(z).</summary>
    internal static string Symbol(LayerQuantity quantity) =>
        quantity == LayerQuantity.PreActivation ? "pre-activations z" : "activations phi(z)";

    /// <summary>The beginning of a text that would be too long.</summary>
    internal static string Shorten(string text, int length) =>
        text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), "\u2026");

    private static string Figure(double value) => value.ToString("G4", CultureInfo.CurrentCulture);

    private static string Bar(long count, long most, int room)
    {
        int eighths = (int)Math.Ceiling((double)Levels * room * count / most);
        string rest = eighths % Levels == 0 ? "" : Lengths[eighths % Levels - 1].ToString();
        return new string(Lengths[^1], eighths / Levels) + rest;
    }
}
