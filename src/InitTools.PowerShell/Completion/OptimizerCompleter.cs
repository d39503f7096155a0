namespace InitTools.PowerShell.Completion;

/// <summary>Completes optimizers.</summary>
public sealed class OptimizerCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        Optimizer.Names.Select(name => (name, Optimizer.Parse(name) switch
        {
            Sgd => "gradient descent; SGD(momentum=0.9) with momentum",
            Adam => "steps over running means: Adam(beta1=0.9, beta2=0.999, epsilon=1e-8)",
            _ => name,
        }));
}
