namespace InitTools.PowerShell.Completion;

/// <summary>Completes fan modes.</summary>
public sealed class FanModeCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        FanModes.Spellings.Names.Select(name => (name, name));
}
