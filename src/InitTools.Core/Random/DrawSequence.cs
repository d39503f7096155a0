namespace InitTools;

/// <summary>
/// The draws of one seed by one generator, handed to tensors in the order in which they are made: each begins where the
/// one before it ended.
/// </summary>
/// <param name="generator">
/// A sequential generator; Philox, whose tensors do not depend on one another, works as well.
/// </param>
/// <param name="seed">The seed.</param>
/// <param name="cancellation">
/// Ends the search for where a tensor's draws end, which may take as long as making it.
/// </param>
public sealed class DrawSequence(RandomGenerator generator, Seed seed, CancellationToken cancellation = default)
{
    private WeightTensor? _last;

    /// <summary>The generator.</summary>
    public RandomGenerator Generator => generator;

    /// <summary>The seed.</summary>
    public Seed Seed => seed;

    /// <summary>
    /// The same tensors, drawn by this sequence in the order given. Those of <see cref="RandomGenerator.Philox"/>,
    /// which has no order, are returned as they are.
    /// </summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ParameterConflict"/>: one has a seed of its own, a stream, or is a slice; and all that
    /// <see cref="WeightTensor.Create"/> throws.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<WeightTensor> Draw(IReadOnlyList<WeightTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (generator == RandomGenerator.Philox)
        {
            return tensors;
        }

        WeightTensor? other = tensors.FirstOrDefault(tensor => tensor.Seed != seed.Value);
        return other is null
            ? [.. tensors.Select(tensor => Create(tensor.GetOptions()))]
            : throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"{other.Name} has the seed {other.Seed} of its own; generator "
                + $"{RandomGenerators.Spellings.NameOf(generator)} draws all tensors from one seed, {seed}.",
                other.Seed);
    }

    /// <summary>
    /// Makes the recipe of the tensor that comes next; generator, seed and position are this sequence's.
    /// </summary>
    /// <exception cref="InitToolsException">
    /// As for <see cref="WeightTensor.Create"/>; nothing is then drawn.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public WeightTensor Create(WeightTensorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        // How many draws a tensor takes may be known only after drawing, so it is asked when the next one comes.
        DrawPosition position = _last?.FindNextDraw(cancellation) ?? default;
        _last = WeightTensor.Create(options with { Generator = generator, Seed = seed, Draw = position });
        return _last;
    }
}
