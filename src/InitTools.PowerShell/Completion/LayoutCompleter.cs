namespace InitTools.PowerShell.Completion;

/// <summary>Completes layouts.</summary>
public sealed class LayoutCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        Layouts.Spellings.Names.Select(name => (name, name));
}
