using InitTools.Analysis;

namespace InitTools.PowerShell.Completion;

/// <summary>Completes severities of findings.</summary>
public sealed class SeverityCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        FindingSeverities.Spellings.Names.Select(name => (name, name));
}
