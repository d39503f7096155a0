namespace InitTools;

/// <summary>
/// A generator of another framework that draws one number after the other: which laws it has, with the framework's own
/// arithmetic, and how a tensor's elements come from it.
/// </summary>
internal abstract class SequentialGenerator
{
    /// <summary>The framework's name.</summary>
    public abstract string Name { get; }

    /// <summary>The generator, or null for <see cref="RandomGenerator.Philox"/>, which is not sequential.</summary>
    public static SequentialGenerator? Of(RandomGenerator generator) => generator switch
    {
        RandomGenerator.Philox => null,
        RandomGenerator.PyTorch => new PyTorchGenerator(),
        RandomGenerator.NumPy => new NumPyGenerator(),
        _ => throw new ArgumentOutOfRangeException(nameof(generator), generator, null),
    };

    /// <summary>What a tensor whose draws begin at a position promises of its elements, and the elements.</summary>
    /// <inheritdoc cref="GetDistribution"/>
    public virtual (WeightLaw Law, SequentialElements Elements) Open(
        Initializer initializer, TensorGeometry geometry, Seed seed, DrawPosition position, DType dtype)
    {
        Distribution distribution = GetDistribution(initializer, geometry.Fans);
        return (distribution, OpenIndependent(seed, position, distribution, dtype, geometry.Shape.Count));
    }

    /// <summary>The law of each element, its parameters computed as the framework computes them.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.FanUndefined"/>; <see cref="ErrorId.InvalidArgument"/>: the framework has no such law, or it
    /// is not reproducible bit for bit.
    /// </exception>
    protected abstract Distribution GetDistribution(Initializer initializer, Fans? fans);

    /// <summary>Independent elements of a tensor whose draws begin at a position.</summary>
    protected SequentialElements OpenIndependent(
        Seed seed, DrawPosition position, Distribution distribution, DType dtype, long count)
    {
        if (dtype is not (DType.Float32 or DType.Float64))
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"DType {DTypes.Spellings.NameOf(dtype)} is not drawn by generator {Name}; "
                + "Float32 and Float64 are accepted.",
                dtype);
        }

        if (position.Offset < 0 || position.Carried is < 0 || position.Carried >= position.Offset)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                FormattableString.Invariant($"DrawOffset {position.Offset} with CarriedDraw {position.Carried} ")
                + "is no place in the draws; DrawOffset is 0 or more, and CarriedDraw is empty or from 0 to below it.",
                position.Offset);
        }

        return distribution is ConstantDistribution constant
            ? new ConstantElements(constant.Value, position)
            : OpenDraws(seed, position, distribution, dtype == DType.Float64, count);
    }

    /// <summary>As <see cref="OpenIndependent"/>, for laws that draw.</summary>
    protected abstract SequentialElements OpenDraws(
        Seed seed, DrawPosition position, Distribution distribution, bool isDouble, long count);

    /// <summary>The error for a law that the framework does not have or that cannot be had bit for bit.</summary>
    protected InitToolsException NotReproduced(Initializer initializer, string reason) => new(
        ErrorId.InvalidArgument,
        $"Generator {Name} does not make '{initializer}': {reason}",
        initializer.ToString());
}
