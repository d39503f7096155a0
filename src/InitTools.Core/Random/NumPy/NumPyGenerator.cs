namespace InitTools;

/// <summary>NumPy's <c>default_rng</c>: PCG64 seeded by SeedSequence with all 64 bits of the seed.</summary>
internal sealed class NumPyGenerator : SequentialGenerator
{
    public override string Name => "NumPy";

    protected override Distribution GetDistribution(Initializer initializer, Fans? fans)
    {
        Distribution? distribution = (initializer as ElementwiseInitializer)?.GetDistribution(fans);
        return distribution is ConstantDistribution or UniformDistribution or NormalDistribution
            ? distribution
            : throw NotReproduced(
                initializer,
                "default_rng draws uniform and untruncated normal numbers; give distribution=uniform or "
                + $"distribution=normal, or take generator {WeightTensor.GeneratorName}.");
    }

    protected override SequentialElements OpenDraws(
        Seed seed, DrawPosition position, Distribution distribution, bool isDouble, long count) => distribution switch
        {
            UniformDistribution uniform =>
                new NumPyUniform(seed.Value, position, isDouble, count, uniform.Minimum, uniform.Maximum),
            NormalDistribution normal =>
                new NumPyNormal(seed.Value, position, isDouble, count, normal.Mean, normal.StandardDeviation),
            _ => throw new ArgumentOutOfRangeException(nameof(distribution), distribution, null),
        };
}
