namespace InitTools.PowerShell.Completion;

/// <summary>Completes the names of initializers.</summary>
public sealed class InitializerCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        InitializerCatalogue.All.Select(definition => (definition.Name, $"{definition.Formula}. {definition.Purpose}"));
}
