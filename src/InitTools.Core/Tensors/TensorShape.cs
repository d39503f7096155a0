using System.Globalization;

namespace InitTools;

/// <summary>
/// The dimensions of a tensor, each at least 1, written <c>784x256</c>. Elements are ordered row-major (C order).
/// </summary>
public sealed class TensorShape : IEquatable<TensorShape>
{
    private readonly long[] _dimensions;

    /// <summary>A shape of the given dimensions.</summary>
    /// <param name="dimensions">One or more dimensions, each at least 1; their product fits into 63 bits.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: none given, or one below 1;
    /// <see cref="ErrorId.AllocationTooLarge"/>: the number of elements overflows.
    /// </exception>
    public TensorShape(params long[] dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        if (dimensions.Length == 0)
        {
            throw new InitToolsException(ErrorId.InvalidShape, "A shape needs at least one dimension; none was given.");
        }

        _dimensions = [.. dimensions];
        Count = 1;
        foreach (long dimension in dimensions)
        {
            if (dimension < 1)
            {
                throw new InitToolsException(
                    ErrorId.InvalidShape,
                    $"The shape {this} has the dimension {dimension}; every dimension is a whole number of 1 or more.",
                    ToString());
            }

            if (Count > long.MaxValue / dimension)
            {
                throw new InitToolsException(
                    ErrorId.AllocationTooLarge,
                    $"The shape {this} has more than 2^63-1 elements.",
                    ToString());
            }

            Count *= dimension;
        }
    }

    /// <summary>The dimensions, outermost first.</summary>
    public IReadOnlyList<long> Dimensions => _dimensions;

    /// <summary>The number of dimensions.</summary>
    public int Rank => _dimensions.Length;

    /// <summary>The number of elements: the product of the dimensions.</summary>
    public long Count { get; }

    /// <summary>One dimension, counted from 0 or, with <c>^1</c>, from the end.</summary>
    public long this[Index axis] => _dimensions[axis];

    /// <summary>
    /// Reads <c>784x256</c>, <c>784,256</c> or <c>784</c>; blanks and enclosing brackets are allowed.
    /// </summary>
    /// <exception cref="InitToolsException">The text is not a shape.</exception>
    public static TensorShape Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Trim().Trim('(', ')', '[', ']').Split('x', 'X', ',', '×');
        long[] dimensions = new long[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!long.TryParse(
                parts[i],
                NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out dimensions[i]))
            {
                throw new InitToolsException(
                    ErrorId.InvalidShape,
                    $"'{text}' is not a shape; a shape is whole numbers joined by x, such as 784x256.",
                    text);
            }
        }

        return new TensorShape(dimensions);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join('x', _dimensions.Select(d => d.ToString(CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    public bool Equals(TensorShape? other) =>
        other is not null && _dimensions.AsSpan().SequenceEqual(other._dimensions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TensorShape);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
