namespace InitTools.PowerShell.Completion;

/// <summary>Completes the ways of standardizing data.</summary>
public sealed class StandardizationCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        Explain(Standardizations.Spellings, standardization => standardization switch
        {
            Standardization.None => "the data as they are",
            Standardization.Global => "one mean and one standard deviation for all columns",
            Standardization.PerColumn => "a mean and a standard deviation for each column",
            _ => standardization.ToString(),
        });
}
