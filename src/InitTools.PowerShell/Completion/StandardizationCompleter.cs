namespace InitTools.PowerShell.Completion;

/// <summary>Completes the ways of standardizing data.</summary>
public sealed class StandardizationCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        Standardizations.Spellings.Names.Select(name => (name, name));
}
