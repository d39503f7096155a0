namespace InitTools.PowerShell.Completion;

/// <summary>Completes the frameworks whose reading of names can hold.</summary>
public sealed class ConventionCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        Conventions.Spellings.Names.Select(name => (name, name));
}
