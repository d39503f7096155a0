using InitTools.Analysis;

namespace InitTools.PowerShell.Completion;

/// <summary>Completes precisions.</summary>
public sealed class PrecisionCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        Precisions.Spellings.Names.Select(name => (name, name));
}
