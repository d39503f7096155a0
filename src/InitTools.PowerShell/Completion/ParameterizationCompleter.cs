namespace InitTools.PowerShell.Completion;

/// <summary>Completes the names of parameterizations.</summary>
public sealed class ParameterizationCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names => ParameterizationCatalogue.All
        .Select(definition => (definition.Name, $"{definition.Formula}. {definition.Purpose}"));
}
