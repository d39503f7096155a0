namespace InitTools.PowerShell.Completion;

/// <summary>Completes random generators.</summary>
public sealed class GeneratorCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        Explain(RandomGenerators.Spellings, generator => generator switch
        {
            RandomGenerator.Philox => "the same bytes on every machine, whole or in slices",
            RandomGenerator.PyTorch => "the numbers of torch.manual_seed on a CPU",
            RandomGenerator.NumPy => "the numbers of numpy.random.default_rng",
            _ => generator.ToString(),
        });
}
