namespace InitTools.PowerShell.Completion;

/// <summary>Completes optimizers.</summary>
public sealed class OptimizerCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        Optimizer.Names.Select(name => (name, name));
}
