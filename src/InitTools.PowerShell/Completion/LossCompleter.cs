namespace InitTools.PowerShell.Completion;

/// <summary>Completes losses.</summary>
public sealed class LossCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        LossFunctions.Spellings.Names.Select(name => (name, name));
}
