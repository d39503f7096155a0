using System.Runtime.CompilerServices;

namespace InitTools;

/// <summary>An initializer whose weights are independent draws from one distribution.</summary>
public abstract class ElementwiseInitializer : Initializer
{
    // The law of the fans that were asked for last: many tensors of one shape often follow one another.
    private volatile LastLaw? _last;

    /// <summary>The distribution of each weight of a tensor.</summary>
    /// <param name="fans">The tensor's fans, or null where its shape has none.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.FanUndefined"/>: fans are needed and there are none.
    /// </exception>
    public abstract Distribution GetDistribution(Fans? fans);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override WeightLaw GetLaw(TensorGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        return LawOf(geometry.Fans).Distribution;
    }

    /// <summary>The fans, which the initializer needs.</summary>
    private protected Fans Require(Fans? fans) => fans ?? throw new InitToolsException(
        ErrorId.FanUndefined,
        $"{Name} divides by fan_in or fan_out, which a tensor of rank 1 does not have; "
        + "give a shape of rank 2 or more, or both fans.",
        ToString());

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal sealed override IElementSource OpenElements(TensorGeometry geometry, StreamKey key) =>
        new StreamElements(LawOf(geometry.Fans), key);

    private SelectedDistribution LawOf(Fans? fans)
    {
        LastLaw? last = _last;
        if (last is null || last.Fans != fans)
        {
            last = new LastLaw(fans, new SelectedDistribution(GetDistribution(fans)));
            _last = last;
        }

        return last.Law;
    }

    private sealed record LastLaw(Fans? Fans, SelectedDistribution Law);
}
