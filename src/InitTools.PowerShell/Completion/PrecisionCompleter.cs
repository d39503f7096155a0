using InitTools.Analysis;

namespace InitTools.PowerShell.Completion;

/// <summary>Completes precisions.</summary>
public sealed class PrecisionCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        Explain(Precisions.Spellings, precision => precision switch
        {
            Precision.Single => "passes in Float32",
            Precision.Double => "passes in Float64",
            _ => precision.ToString(),
        });
}
