namespace InitTools;

/// <summary>
/// gain on the main diagonal of a matrix, 0 elsewhere (Keras, PyTorch; Le 2015). Shapes: rank 2, square or not.
/// </summary>
/// <param name="gain">The weights on the diagonal themselves.</param>
internal sealed class IdentityInitializer(double gain) : Initializer
{
    public override string Name => "Identity";

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: the rank is not 2.
    /// </exception>
    public override WeightLaw GetLaw(TensorGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        return StructuredLaw.OfShare((double)DiagonalOf(geometry) / geometry.Shape.Count, gain);
    }

    internal override IElementSource OpenElements(TensorGeometry geometry, StreamKey key)
    {
        long step = geometry.Shape[1] + 1;
        return new ScatteredElements(
            DiagonalOf(geometry), place => place * step, new StreamElements(new ConstantDistribution(gain), key));
    }

    protected override IEnumerable<(string Name, string Value)> CanonicalArguments() =>
        gain == 1 ? [] : [("gain", ExpressionNode.Format(gain))];

    private long DiagonalOf(TensorGeometry geometry) => geometry.Shape.Rank == 2
        ? Math.Min(geometry.Shape[0], geometry.Shape[1])
        : throw NotMade(
            geometry,
            "it is a matrix, of rank 2 (Dirac is the identity of convolutions, of rank 3 to 5)");
}

/// <summary>
/// Keras's has a gain, PyTorch's <c>eye_</c> has none. A rectangular one has min(rows, columns) ones.
/// </summary>
/// <remarks>Parameters: gain (1), a number or an activation.</remarks>
internal sealed class IdentityDefinition : InitializerDefinition
{
    public override string Name => "Identity";

    public override FrameworkNames Names => new()
    {
        Keras = ["Identity", "identity", "IdentityInitializer"],
        PyTorch = ["eye_"],
        Others = ["Eye"],
    };

    public override string Formula => "w = gain on the main diagonal, 0 elsewhere; rank 2 only";

    public override string Variance => "gain^2 p (1 - p), p = 1 / max(rows, columns)";

    public override string StandardDeviation => "|gain| sqrt(p (1 - p))";

    public override string Limit => "|gain|";

    public override string Purpose =>
        "Recurrent weights of relu networks, and layers that begin by passing their input on.";

    public override string Law => "fixed";

    public override string Keeps => "at gain 1, the signals themselves where fan_in = fan_out";

    public override string Reference =>
        "Le, Jaitly and Hinton 2015, A simple way to initialize recurrent networks of rectified linear units, "
        + "arXiv:1504.00941";

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">What <see cref="Gain.Read"/> throws.</exception>
    public override Initializer Bind(ArgumentReader arguments, Reading reading) =>
        new IdentityInitializer(Gain.Read(arguments, reading, 1));
}
