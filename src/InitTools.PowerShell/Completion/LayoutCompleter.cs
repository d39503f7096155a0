namespace InitTools.PowerShell.Completion;

/// <summary>Completes layouts.</summary>
public sealed class LayoutCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        Explain(Layouts.Spellings, layout => layout switch
        {
            Layout.IO => "(..., in, out), as in Keras and JAX",
            Layout.OI => "(out, in, ...), as in PyTorch",
            _ => layout.ToString(),
        });
}
