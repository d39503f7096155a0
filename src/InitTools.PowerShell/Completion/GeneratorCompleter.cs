namespace InitTools.PowerShell.Completion;

/// <summary>Completes random generators.</summary>
public sealed class GeneratorCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        RandomGenerators.Spellings.Names.Select(name => (name, name));
}
