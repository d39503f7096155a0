namespace InitTools;

/// <summary>
/// Weights of another initializer times the factor with which a layer's outputs on a batch of data have the standard
/// deviation 1: 1 / their standard deviation before (Mishkin and Matas 2016). The factor is a part of the expression,
/// so that the weights are made again without the data. Tensors are those that the inner initializer makes.
/// </summary>
public sealed class LsuvInitializer : Initializer
{
    private readonly Initializer _inner;
    private readonly double? _factor;

    internal LsuvInitializer(Initializer inner, double? factor)
    {
        _inner = inner;
        _factor = factor;
    }

    /// <inheritdoc/>
    public override string Name => "LSUV";

    /// <inheritdoc/>
    public override bool NeedsFans => _inner.NeedsFans;

    internal override bool HoldsValues => _inner.HoldsValues;

    private double Factor => _factor ?? throw new InitToolsException(
        ErrorId.InvalidArgument,
        $"{Name} has no factor, which a batch of data gives; make the weights by another initializer, such as "
        + $"{_inner}, and pass them through Optimize-InitWeights.",
        Name);

    /// <summary>
    /// The same tensor with its weights times a factor, rounded once. A recipe stays one; values that are held, and
    /// those of a generator that draws one number after the other, are held.
    /// </summary>
    /// <param name="weight">The tensor.</param>
    /// <param name="factor">The factor: finite, above 0, and rounded to 12 digits here.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: the factor, or weights beyond the numbers of their type.
    /// </exception>
    public static WeightTensor Rescale(WeightTensor weight, double factor)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (!(factor > 0 && double.IsFinite(factor)))
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"The factor is {ExpressionNode.Format(factor)}; a finite number above 0 is accepted.",
                factor);
        }

        WeightTensorOptions options = weight.GetOptions();
        if (options.Generator != RandomGenerator.Philox)
        {
            HeldValues held = new(options.Shape, weight.GetElements());
            options = options with
            {
                Initializer = new HeldInitializer(FromArrayDefinition.CanonicalName, [], () => held),
                Generator = RandomGenerator.Philox,
                Draw = default,
                Seed = default,
            };
        }

        (Initializer inner, double before) = options.Initializer is LsuvInitializer { _factor: double earlier } rescaled
            ? (rescaled._inner, earlier)
            : (options.Initializer, 1);
        return WeightTensor.Create(options with
        {
            Initializer = new LsuvInitializer(inner, SignificantDigits.Round(before * factor)),
            RecordedRecipe = null,
        });
    }

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: the expression has no factor; and what the inner initializer throws.
    /// </exception>
    public override WeightLaw GetLaw(TensorGeometry geometry) => new ScaledLaw(_inner.GetLaw(geometry), Factor);

    internal override IElementSource OpenElements(TensorGeometry geometry, StreamKey key) =>
        new ScaledElements(_inner.OpenElements(geometry, key), Factor);

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Value)> CanonicalArguments()
    {
        yield return ("initializer", _inner.HoldsValues ? FromArrayDefinition.CanonicalName : _inner.ToString());
        if (_factor is double factor)
        {
            yield return ("factor", ExpressionNode.Format(factor));
        }
    }
}

/// <summary>What Optimize-InitWeights makes of another initializer.</summary>
/// <remarks>
/// Parameters: initializer (Orthogonal), an expression, by default the paper's first step; factor (found by
/// Optimize-InitWeights), a factor on every weight, without unit.
/// </remarks>
internal sealed class LsuvDefinition : InitializerDefinition
{
    public override string Name => "LSUV";

    public override FrameworkNames Names => new() { Others = ["lsuv", "layer_sequential_unit_variance"] };

    public override bool HasOutlook => false;

    public override string Formula =>
        "w = factor * a weight of the inner initializer; factor = 1 / the standard deviation of the layer's outputs on "
        + "a batch of data, the layers before it being done";

    public override string Variance => "factor^2 times that of the inner initializer";

    public override string StandardDeviation => "factor times that of the inner initializer";

    public override string Limit => "factor times that of the inner initializer";

    public override string Purpose =>
        "Any network whose data are at hand: every layer's outputs begin with variance 1, whatever the activation. "
        + "Optimize-InitWeights -Data finds the factors.";

    public override string Law => "that of the inner initializer";

    public override string Keeps => "the standard deviation 1 of every layer's outputs on the batch";

    public override string Reference => "Mishkin and Matas 2016, All you need is a good init, arXiv:1511.06422";

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: factor is not above 0, or initializer no name; and what reading the inner
    /// expression throws.
    /// </exception>
    public override Initializer Bind(ArgumentReader arguments, Reading reading)
    {
        Initializer inner = InitializerCatalogue.BindArgument(arguments, reading, "Orthogonal");
        double? factor = arguments.OptionalNumber("factor", "found by Optimize-InitWeights");
        return factor is null or > 0
            ? new LsuvInitializer(inner, factor)
            : throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{Name}: factor is {ExpressionNode.Format(factor.Value)}; a number above 0 is accepted.",
                factor);
    }
}
