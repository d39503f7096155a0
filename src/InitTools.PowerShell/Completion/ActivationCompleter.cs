namespace InitTools.PowerShell.Completion;

/// <summary>Completes the names of activations.</summary>
public sealed class ActivationCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        Activation.All.Select(activation => (activation.Name, activation.Formula));
}
