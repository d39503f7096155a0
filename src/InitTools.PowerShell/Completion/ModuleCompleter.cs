namespace InitTools.PowerShell.Completion;

/// <summary>Completes modules of PyTorch.</summary>
public sealed class ModuleCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        PyTorchModule.Names.Select(name => (name, $"torch.nn.{name}"));
}
