namespace InitTools;

/// <summary>
/// The bias of an LSTM: a number for the forget gate, 0 for the others (Jozefowicz 2015; Keras). Shapes: rank 1, a
/// multiple of 4, the gates side by side.
/// </summary>
/// <param name="forget">The bias of the forget gate itself.</param>
/// <param name="order">The gates: the letters i, f, g and o in their order.</param>
internal sealed class LstmBiasInitializer(double forget, string order) : Initializer
{
    /// <summary>Input, forget, cell and output gate: Keras, PyTorch, Flax.</summary>
    public const string UsualOrder = "ifgo";

    public override string Name => "LstmBias";

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: the rank is not 1, or four gates do not part the outputs.
    /// </exception>
    public override WeightLaw GetLaw(TensorGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        _ = UnitsOf(geometry);
        return StructuredLaw.OfShare(1.0 / order.Length, forget);
    }

    internal override IElementSource OpenElements(TensorGeometry geometry, StreamKey key)
    {
        long units = UnitsOf(geometry);
        long start = order.IndexOf('f', StringComparison.Ordinal) * units;
        return new ScatteredElements(
            units, place => start + place, new StreamElements(new ConstantDistribution(forget), key));
    }

    protected override IEnumerable<(string Name, string Value)> CanonicalArguments()
    {
        yield return ("forget", ExpressionNode.Format(forget));
        if (order != UsualOrder)
        {
            yield return ("order", order);
        }
    }

    private long UnitsOf(TensorGeometry geometry) => geometry.Shape.Rank == 1 && geometry.Outputs % order.Length == 0
        ? geometry.Outputs / order.Length
        : throw NotMade(geometry, "it is a bias: one dimension, four times the units");
}

/// <summary>
/// Keras's <c>unit_forget_bias</c>. PyTorch adds two biases, so that forget=1 in both is a forget bias of 2: give it to
/// one of them and Zeros to the other.
/// </summary>
/// <remarks>
/// Parameters: forget (1), the bias of the forget gate itself; order (ifgo), of the gates input, forget, cell (g or c)
/// and output.
/// </remarks>
internal sealed class LstmBiasDefinition : InitializerDefinition
{
    public override string Name => "LstmBias";

    public override FrameworkNames Names => new() { Others = ["lstm_bias", "ForgetBias", "unit_forget_bias"] };

    public override bool HasOutlook => false;

    public override string Formula =>
        "w = forget in the block of the forget gate, 0 elsewhere; the gates are in the order ifgo (input, forget, "
        + "cell, output) of Keras, where the cell is c, PyTorch and Flax, unless given (ONNX: iofg, "
        + "TensorFlow 1: igfo)";

    public override string Variance => "3 forget^2 / 16";

    public override string StandardDeviation => "sqrt(3) |forget| / 4";

    public override string Limit => "|forget|";

    public override string Purpose =>
        "Biases of an LSTM, which begins by remembering. PyTorch adds two biases: give it to one, Zeros to the other.";

    public override string Law => "fixed";

    public override string Keeps => "the cell from step to step: a forget gate begins at sigmoid(forget)";

    public override string Reference =>
        "Jozefowicz, Zaremba and Sutskever 2015, An empirical exploration of recurrent network architectures, ICML";

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: order is not the four letters, each once.
    /// </exception>
    public override Initializer Bind(ArgumentReader arguments, Reading reading)
    {
        double forget = arguments.Number("forget", 1, "forget_bias");
        string order = (arguments.Word("order", LstmBiasInitializer.UsualOrder) ?? LstmBiasInitializer.UsualOrder)
            .ToLowerInvariant()
            .Replace('c', 'g');
        return string.Concat(order.Order()) == "fgio"
            ? new LstmBiasInitializer(forget, order)
            : throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{Name}: order is '{order}'; the letters i, f, g (or c) and o in any order are accepted.",
                order);
    }
}
