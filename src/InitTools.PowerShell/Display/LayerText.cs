using System.ComponentModel;
using InitTools.Analysis;

namespace InitTools.PowerShell.Display;

/// <summary>Figures of layers in text; views call it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LayerText
{
    // A view is not told how wide the window is.
    private const int WindowWidth = 80;

    /// <summary>The bar of a table's row.</summary>
    /// <param name="variance">A variance.</param>
    public static string VarianceBar(double variance) => Analysis.VarianceBar.Of(variance);

    /// <summary>The histogram of a layer's pre-activations, a line a bin.</summary>
    /// <param name="layer">A measured layer.</param>
    public static string Histogram(LayerVariance layer) =>
        string.Join(Environment.NewLine, HistogramText.Draw(layer, width: WindowWidth - 1)) + Environment.NewLine;
}
