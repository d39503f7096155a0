using System.Globalization;

namespace InitTools;

/// <summary>
/// A kernel of several matrices side by side on the axis of the outputs, as recurrent layers pack their gates and
/// attention its queries, keys and values: each is drawn by itself, with its own fans, fan_out being that of the whole
/// over the number of gates unless the caller gave the fans. Shapes: those of the inner initializer, the outputs a
/// multiple of the gates.
/// </summary>
/// <param name="count">The number of gates.</param>
/// <param name="inner">What draws each of them.</param>
internal sealed class GatesInitializer(int count, Initializer inner) : Initializer
{
    public override string Name => "Gates";

    public override bool NeedsFans => inner.NeedsFans;

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: the outputs do not part into the gates; and what the inner initializer
    /// throws.
    /// </exception>
    public override WeightLaw GetLaw(TensorGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        return inner.GetLaw(GateOf(geometry));
    }

    internal override IElementSource OpenElements(TensorGeometry geometry, StreamKey key)
    {
        TensorGeometry gate = GateOf(geometry);
        long outputs = geometry.Outputs;
        long units = gate.Outputs;
        long gateCount = gate.Shape.Count;
        IElementSource[] gates =
        [
            .. Enumerable.Range(1, count).Select(number => inner.OpenElements(
                gate, key.Part(string.Create(CultureInfo.InvariantCulture, $"gate {number}")))),
        ];
        return new GatheredElements(
            geometry.Layout == Layout.IO
                ? element => ((int)(element % outputs / units), element / outputs * units + element % units)
                : element => ((int)(element / gateCount), element % gateCount),
            gates);
    }

    protected override IEnumerable<(string Name, string Value)> CanonicalArguments() =>
        [("count", count.ToString(CultureInfo.InvariantCulture)), ("initializer", inner.ToString())];

    private TensorGeometry GateOf(TensorGeometry geometry) => geometry.Outputs % count == 0
        ? geometry.OfOutputPart(count)
        : throw NotMade(
            geometry,
            FormattableString.Invariant($"its {geometry.Outputs} outputs do not part into {count} gates"));
}

/// <summary>
/// Frameworks draw packed kernels whole: Keras's Glorot then has the variance 2 / (in + 4 units), and a block of its
/// orthogonal recurrent kernel is no orthogonal matrix (Saxe 2014 for orthogonal gates).
/// </summary>
/// <remarks>
/// Parameters: count (4), the number of gates, as of an LSTM; initializer (GlorotUniform), an expression.
/// </remarks>
internal sealed class GatesDefinition : InitializerDefinition
{
    public override string Name => "Gates";

    public override FrameworkNames Names => new() { Others = ["PerGate", "per_gate"] };

    public override bool HasOutlook => false;

    public override string Formula =>
        "count blocks of equal width on the axis of the outputs, each drawn by the inner initializer with its own fans";

    public override string Variance => "that of the inner initializer for one gate";

    public override string StandardDeviation => "that of the inner initializer for one gate";

    public override string Limit => "that of the inner initializer for one gate";

    public override string Purpose =>
        "Kernels of LSTM (count=4) and GRU (count=3), and packed attention weights (count=3), gate by gate; recurrent "
        + "ones with initializer=Orthogonal.";

    public override string Law => "that of the inner initializer";

    public override string Keeps => "what the inner initializer keeps, gate by gate";

    public override string Reference =>
        "Saxe, McClelland and Ganguli 2014, arXiv:1312.6120, for orthogonal gates; Glorot and Bengio 2010 for "
        + "their fans";

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: count is no whole number of 1 or more, initializer no name; and what
    /// reading the inner expression throws.
    /// </exception>
    public override Initializer Bind(ArgumentReader arguments, Reading reading)
    {
        int count = arguments.Count("count", 4);
        return new GatesInitializer(
            count, InitializerCatalogue.BindArgument(arguments, reading, Initializer.DefaultExpression));
    }
}
