namespace InitTools.PowerShell.Completion;

/// <summary>Completes element types.</summary>
public sealed class DTypeCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        Explain(DTypes.Spellings, dtype => dtype switch
        {
            DType.Float16 => "2 bytes a number, 11 significant bits, up to 65504",
            DType.BFloat16 => "2 bytes a number, 8 significant bits, the range of Float32",
            DType.Float32 => "4 bytes a number, 24 significant bits",
            DType.Float64 => "8 bytes a number, 53 significant bits",
            _ => dtype.ToString(),
        });
}
