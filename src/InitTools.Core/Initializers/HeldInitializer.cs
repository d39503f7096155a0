namespace InitTools;

/// <summary>Weights that are not drawn but given: the values of an array, or of a tensor in a file.</summary>
public sealed class HeldInitializer : Initializer
{
    private readonly IReadOnlyList<(string Name, string Value)> _arguments;
    private readonly Lazy<HeldValues> _values;

    /// <summary>Makes the initializer.</summary>
    /// <param name="name">Its name in expressions.</param>
    /// <param name="arguments">The arguments by which its text finds the values again.</param>
    /// <param name="open">Finds the values, at the first use.</param>
    public HeldInitializer(string name, IReadOnlyList<(string Name, string Value)> arguments, Func<HeldValues> open)
    {
        Name = name;
        _arguments = arguments;
        _values = new(open);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>True where the text alone finds the values again, as that of a file does.</summary>
    public bool IsRecipe => _arguments.Count > 0;

    internal override bool HoldsValues => !IsRecipe;

    /// <inheritdoc/>
    /// <remarks>
    /// Given values promise nothing: mean, variance and limit are those of the values, measured when they are asked for.
    /// </remarks>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ShapeMismatch"/>: the values have another shape; <see cref="ErrorId.ValuesNotHeld"/>: there
    /// are none, as they do not survive in a text.
    /// </exception>
    public override WeightLaw GetLaw(TensorGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        HeldValues values = Open(geometry);
        return values.Law ?? new HeldLaw(values.Elements);
    }

    internal override IElementSource OpenElements(TensorGeometry geometry, StreamKey key) =>
        new HeldElements(Open(geometry).Elements);

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> CanonicalArguments() => _arguments;

    private HeldValues Open(TensorGeometry geometry)
    {
        HeldValues values = _values.Value;
        return values.Shape.Equals(geometry.Shape) && values.Elements.Count == geometry.Shape.Count
            ? values
            : throw new InitToolsException(
                ErrorId.ShapeMismatch,
                FormattableString.Invariant($"{this} holds {values.Elements.Count} values of the shape {values.Shape}; ")
                + $"the tensor's shape is {geometry.Shape}.",
                geometry.Shape.ToString());
    }
}

/// <summary>Values that are given.</summary>
/// <param name="Shape">Their shape.</param>
/// <param name="Elements">The values, as many as the shape has.</param>
/// <param name="Law">What is known of one of them, or null to measure it.</param>
public sealed record HeldValues(TensorShape Shape, IElementReader Elements, WeightLaw? Law = null);
