using System.Globalization;

namespace InitTools;

/// <summary>
/// What one example is between two layers: channels, each with a value at every position. A dense stack has units
/// alone (<c>256</c>); an image has rows and columns of positions (<c>3x32x32</c>), a text one row of them
/// (<c>64x16</c>: 64 features of 16 tokens). Values are in this order: all positions of the first channel, then those
/// of the second.
/// </summary>
public sealed class FeatureShape : IEquatable<FeatureShape>
{
    /// <summary>A shape.</summary>
    /// <param name="channels">Channels, or the units of a dense layer: 1 or more.</param>
    /// <param name="positions">
    /// The number of positions along each axis, at most three; empty where there is one.
    /// </param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: a number below 1, more than three axes, or more values than an array holds.
    /// </exception>
    public FeatureShape(int channels, params IReadOnlyList<int> positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        Channels = channels;
        Positions = [.. positions];
        long positionCount = 1;
        foreach (int axis in Positions)
        {
            positionCount = Math.Min(positionCount * axis, int.MaxValue);
        }

        if (channels < 1 || Positions.Any(axis => axis < 1) || Positions.Count > Window.MaximumRank
            || channels * positionCount > Array.MaxLength)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                $"The shape {this} is none of inputs; it is the number of channels, then of positions along at most "
                + $"{Window.MaximumRank} axes, all 1 or more and together at most {Array.MaxLength}, such as 784 or "
                + "3x32x32.",
                ToString());
        }

        PositionCount = (int)positionCount;
    }

    /// <summary>Channels, or the units of a dense layer.</summary>
    public int Channels { get; }

    /// <summary>The number of positions along each axis; empty where there is one position.</summary>
    public IReadOnlyList<int> Positions { get; }

    /// <summary>The number of positions of a channel.</summary>
    public int PositionCount { get; }

    /// <summary>The number of values: channels times positions.</summary>
    public int Count => Channels * PositionCount;

    /// <summary>Reads <c>3x32x32</c> or <c>3,32,32</c>.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidShape"/>: it is none of inputs.</exception>
    public static FeatureShape Parse(string text)
    {
        var shape = TensorShape.Parse(text);
        return shape.Dimensions.All(dimension => dimension <= Array.MaxLength)
            ? new FeatureShape((int)shape[0], [.. shape.Dimensions.Skip(1).Select(dimension => (int)dimension)])
            : throw new InitToolsException(
                ErrorId.InvalidShape,
                $"The shape {shape} has more values than the {Array.MaxLength} that an array holds.",
                shape.ToString());
    }

    /// <inheritdoc/>
    public bool Equals(FeatureShape? other) =>
        other is not null && Channels == other.Channels && Positions.SequenceEqual(other.Positions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FeatureShape);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Channels, PositionCount);

    /// <summary>The text that <see cref="Parse"/> reads back: <c>3x32x32</c>.</summary>
    public override string ToString() =>
        string.Join('x', Positions.Prepend(Channels).Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
