using InitTools.Analysis;

namespace InitTools.PowerShell.Completion;

/// <summary>Completes kinds of charts.</summary>
public sealed class LayerChartKindCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        Explain(LayerChartKinds.Spellings, kind => kind switch
        {
            LayerChartKind.Curve => "second moment and gradient variance by layer on logarithmic axes",
            LayerChartKind.PreActivationHistogram => "the histogram of each layer's pre-activations",
            LayerChartKind.ActivationHistogram => "the histogram of each layer's activations",
            _ => kind.ToString(),
        });
}
