namespace InitTools;

/// <summary>
/// A rule that gives a tensor its initial weights, with all its parameters: immutable, and written as an expression
/// such as <c>HeNormal</c> or <c>RandomNormal(stddev=0.01)</c>.
/// </summary>
public abstract class Initializer : IEquatable<Initializer>
{
    /// <summary>The expression of the initializer that is meant where none is given: Keras's default.</summary>
    public const string DefaultExpression = "GlorotUniform";

    /// <summary>The canonical name, such as <c>HeNormal</c>.</summary>
    public abstract string Name { get; }

    /// <summary>True where the distribution depends on fan_in or fan_out.</summary>
    public virtual bool NeedsFans => false;

    /// <summary>True where the values are from elsewhere, and the text does not find them again.</summary>
    internal virtual bool HoldsValues => false;

    /// <summary>Reads an expression in any framework's spelling.</summary>
    /// <param name="expression">A name, or a name with arguments.</param>
    /// <param name="convention">
    /// Whose reading holds where frameworks disagree; null lets a trailing underscore select PyTorch's, and Keras's
    /// otherwise.
    /// </param>
    /// <param name="files">Finds the tensors of files that the expression names, or null where none are read.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.MalformedExpression"/>, <see cref="ErrorId.UnknownInitializer"/>,
    /// <see cref="ErrorId.UnknownArgument"/>; what <see cref="InitializerDefinition.Bind"/> throws; and what
    /// <paramref name="files"/> throws.
    /// </exception>
    public static Initializer Parse(
        string expression, Convention? convention = null, ITensorFileSource? files = null) =>
        InitializerCatalogue.Bind(ExpressionParser.Parse(expression), convention, files);

    /// <summary>What the initializer promises of one weight of a tensor.</summary>
    /// <param name="geometry">The tensor's shape, layout and fans.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.FanUndefined"/>: fans are needed and there are none; <see cref="ErrorId.InvalidShape"/>: the
    /// initializer does not make tensors of this shape.
    /// </exception>
    public abstract WeightLaw GetLaw(TensorGeometry geometry);

    /// <summary>The elements of a tensor, which are a function of geometry and stream alone.</summary>
    /// <inheritdoc cref="GetLaw"/>
    internal abstract IElementSource OpenElements(TensorGeometry geometry, StreamKey key);

    /// <summary>
    /// The canonical expression: parameters that differ from their defaults, in the framework-free reading.
    /// </summary>
    public override string ToString()
    {
        string arguments = string.Join(", ", CanonicalArguments().Select(a => $"{a.Name}={a.Value}"));
        return arguments.Length == 0 ? Name : $"{Name}({arguments})";
    }

    /// <summary>The error for a tensor that the initializer does not make.</summary>
    private protected InitToolsException NotMade(TensorGeometry geometry, string accepted) => new(
        ErrorId.InvalidShape,
        $"{Name} does not make the shape {geometry.Shape} (layout {Layouts.Spellings.NameOf(geometry.Layout)}); "
        + $"{accepted}.",
        geometry.Shape.ToString());

    /// <inheritdoc/>
    public bool Equals(Initializer? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Initializer);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The arguments of the canonical expression.</summary>
    protected abstract IEnumerable<(string Name, string Value)> CanonicalArguments();
}
