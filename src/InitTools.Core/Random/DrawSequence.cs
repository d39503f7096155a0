namespace InitTools;

/// <summary>
/// The draws of one seed by one generator, handed to tensors in the order in which they are made: each begins where the
/// one before it ended.
/// </summary>
/// <param name="generator">A sequential generator; Philox, whose tensors do not depend on one another, works as well.</param>
/// <param name="seed">The seed.</param>
public sealed class DrawSequence(RandomGenerator generator, Seed seed)
{
    private WeightTensor? _last;

    /// <summary>The generator.</summary>
    public RandomGenerator Generator => generator;

    /// <summary>The seed.</summary>
    public Seed Seed => seed;

    /// <summary>Makes the recipe of the tensor that comes next; generator, seed and position are this sequence's.</summary>
    /// <exception cref="InitToolsException">As for <see cref="WeightTensor.Create"/>; nothing is then drawn.</exception>
    public WeightTensor Create(WeightTensorOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);

        // How many draws a tensor takes may be known only after drawing, so it is asked when the next one comes.
        DrawPosition position = _last?.FindNextDraw(cancellation) ?? default;
        _last = WeightTensor.Create(options with { Generator = generator, Seed = seed, Draw = position });
        return _last;
    }
}
