namespace InitTools.PowerShell.Completion;

/// <summary>Completes element types.</summary>
public sealed class DTypeCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        DTypes.Spellings.Names.Select(name => (name, name));
}
