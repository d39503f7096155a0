using InitTools.Analysis;

namespace InitTools.PowerShell.Completion;

/// <summary>Completes kinds of charts.</summary>
public sealed class LayerChartKindCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        LayerChartKinds.Spellings.Names.Select(name => (name, name));
}
