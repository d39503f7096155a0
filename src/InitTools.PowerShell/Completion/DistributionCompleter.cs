namespace InitTools.PowerShell.Completion;

/// <summary>Completes the laws of scaled weights.</summary>
public sealed class DistributionCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
    [
        ("uniform", "U(-limit, limit)"),
        ("normal", "a normal law without bounds"),
        ("truncated_normal", "a normal law cut at two standard deviations"),
    ];
}
