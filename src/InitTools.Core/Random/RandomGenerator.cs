namespace InitTools;

/// <summary>Where random numbers come from.</summary>
public enum RandomGenerator
{
    /// <summary>
    /// The generator of this library: every element is a function of seed, stream and index alone
    /// (<see cref="Philox4x32"/>).
    /// </summary>
    Philox,

    /// <summary>
    /// PyTorch's CPU generator after <c>torch.manual_seed</c>, one draw after the other, with the arithmetic of its
    /// AVX2 and AVX-512 builds.
    /// </summary>
    PyTorch,

    /// <summary>NumPy's <c>default_rng</c>, one draw after the other.</summary>
    NumPy,
}

/// <summary>Names of generators.</summary>
public static class RandomGenerators
{
    /// <summary>The spellings accepted.</summary>
    public static NamedValue<RandomGenerator> Spellings { get; } = new(
        "random generator",
        ErrorId.UnknownGenerator,
        (WeightTensor.GeneratorName, RandomGenerator.Philox),
        ("PyTorch", RandomGenerator.PyTorch),
        ("NumPy", RandomGenerator.NumPy),
        ("Philox", RandomGenerator.Philox),
        ("torch", RandomGenerator.PyTorch));

    /// <summary>The convention that a generator implies where none is given: its framework's own.</summary>
    public static Convention? ConventionOf(RandomGenerator generator) =>
        generator == RandomGenerator.PyTorch ? Convention.PyTorch : null;
}
