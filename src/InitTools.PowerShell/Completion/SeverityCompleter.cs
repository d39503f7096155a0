using InitTools.Analysis;

namespace InitTools.PowerShell.Completion;

/// <summary>Completes severities of findings.</summary>
public sealed class SeverityCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        Explain(FindingSeverities.Spellings, severity => severity switch
        {
            FindingSeverity.Information => "whatever is found, even what is as it should be",
            FindingSeverity.Warning => "where training begins worse than it could, or fails",
            FindingSeverity.Error => "where training fails or a part never takes part in it",
            _ => severity.ToString(),
        });
}
