namespace InitTools.PowerShell.Completion;

/// <summary>Completes the frameworks whose reading of names can hold.</summary>
public sealed class ConventionCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        Explain(Conventions.Spellings, convention => convention switch
        {
            Convention.Keras => "normal laws of scaled weights are truncated; the fans of Keras",
            Convention.Jax => "as Keras, with bounds of a truncated law in standard deviations",
            Convention.PyTorch => "normal laws are not truncated; the fans of torch.nn.init",
            _ => convention.ToString(),
        });
}
