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

    /// <summary>As in <see cref="ITensorFileSource.IsDeferred"/>.</summary>
    internal bool IsDeferred { get; init; }

    /// <inheritdoc/>
    /// <remarks>
    /// Given values promise nothing: mean, variance and limit are those of the values, measured when they are asked
    /// for.
    /// </remarks>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ShapeMismatch"/>: the values have another shape; <see cref="ErrorId.ValuesNotHeld"/>: there
    /// are none, as they do not survive in a text.
    /// </exception>
    public override WeightLaw GetLaw(TensorGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        if (IsDeferred)
        {
            return new HeldLaw(() => Open(geometry).Elements);
        }

        HeldValues values = Open(geometry);
        return values.Law ?? new HeldLaw(() => values.Elements);
    }

    internal override IElementSource OpenElements(TensorGeometry geometry, StreamKey key)
    {
        Lazy<IElementReader> elements = new(() => Open(geometry).Elements);
        if (!IsDeferred)
        {
            _ = elements.Value;
        }

        return new HeldElements(elements);
    }

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> CanonicalArguments() => _arguments;

    private HeldValues Open(TensorGeometry geometry)
    {
        HeldValues stored = _values.Value;
        HeldValues values = stored.In(geometry.Layout);
        if (values.Shape.Equals(geometry.Shape) && values.Elements.Count == geometry.Shape.Count)
        {
            return values;
        }

        string turned = ReferenceEquals(values, stored) ? "" : $" in layout {NameOf(stored.Layout!.Value)}, which is "
            + $"{values.Shape} in {NameOf(geometry.Layout)}";
        Layout other = Layouts.OtherThan(geometry.Layout);
        bool isOther = IsRecipe && geometry.Shape.Rank > 1
            && geometry.Shape.Equals((stored with { Layout = other }).In(geometry.Layout).Shape);
        string advice = isOther
            ? $" Where the values are in layout {NameOf(other)}, say so: layout={NameOf(other)}."
            : "";
        throw new InitToolsException(
            ErrorId.ShapeMismatch,
            FormattableString.Invariant($"{this} holds {stored.Elements.Count} values of the shape {stored.Shape}")
            + $"{turned}; the tensor's shape is {geometry.Shape}.{advice}",
            geometry.Shape.ToString());
    }

    private static string NameOf(Layout layout) => Layouts.Spellings.NameOf(layout);
}

/// <summary>Values that are given.</summary>
/// <param name="Shape">Their shape.</param>
/// <param name="Elements">The values, as many as the shape has.</param>
/// <param name="Law">What is known of one of them, or null to measure it.</param>
/// <param name="Layout">Which axes are inputs and outputs, or null for what the tensor says that takes them.</param>
public sealed record HeldValues(
    TensorShape Shape, IElementReader Elements, WeightLaw? Law = null, Layout? Layout = null)
{
    /// <summary>The same weights in a layout, their axes turned where they are known to be in the other one.</summary>
    public HeldValues In(Layout layout) => Layout is not Layout stored || stored == layout || Shape.Rank < 2
        ? this
        : new HeldValues(
            Layouts.Turn(Shape, stored), new AxisReversal(Elements, Layouts.MatrixOf(Shape, stored)), Law, layout);
}
