namespace InitTools.PowerShell.Completion;

/// <summary>Completes fan modes.</summary>
public sealed class FanModeCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        Explain(FanModes.Spellings, mode => mode switch
        {
            FanMode.FanIn => "n is the number of inputs: keeps signals",
            FanMode.FanOut => "n is the number of outputs: keeps gradients",
            FanMode.FanAvg => "n is the mean of both",
            FanMode.FanGeoAvg => "n is the square root of their product",
            _ => mode.ToString(),
        });
}
