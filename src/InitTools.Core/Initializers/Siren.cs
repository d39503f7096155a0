namespace InitTools;

/// <summary>
/// Weights of a network of sines: U(+-1/fan_in) in the first layer, U(+-sqrt(6/fan_in)/omega0) in the others (Sitzmann
/// 2020). Tensors that have fans.
/// </summary>
/// <param name="layer">First or hidden.</param>
/// <param name="omega0">The factor within the sines, in radians for each unit of z, above 0.</param>
internal sealed class SirenInitializer(SirenLayer layer, double omega0) : ElementwiseInitializer
{
    public const double UsualOmega0 = 30;

    public static NamedValue<SirenLayer> Layers { get; } = new(
        "layer of a network of sines",
        ErrorId.InvalidArgument,
        ("hidden", SirenLayer.Hidden), ("first", SirenLayer.First));

    public override string Name => "SIREN";

    public override bool NeedsFans => true;

    public override Distribution GetDistribution(Fans? fans)
    {
        double inputs = Require(fans).FanIn;
        double limit = layer == SirenLayer.First ? 1 / inputs : Math.Sqrt(6 / inputs) / omega0;
        return new UniformDistribution(-limit, limit);
    }

    // The first layer's frequency multiplies its pre-activations and not its weights.
    protected override IEnumerable<(string Name, string Value)> CanonicalArguments() => layer == SirenLayer.First
        ? [("layer", Layers.NameOf(layer))]
        : [("omega0", ExpressionNode.Format(omega0))];
}

/// <summary>Which layer of a network of sines.</summary>
internal enum SirenLayer
{
    /// <summary>Behind a sine.</summary>
    Hidden,

    /// <summary>Takes the coordinates in.</summary>
    First,
}

/// <summary>omega0 is the factor within the sines, sin(omega0 z), which the layers apply themselves.</summary>
/// <remarks>
/// Parameters: layer (hidden), or first; omega0 (30), the paper's, in radians for each unit of z, which changes nothing
/// in the first layer.
/// </remarks>
internal sealed class SirenDefinition : InitializerDefinition
{
    public override string Name => "SIREN";

    public override FrameworkNames Names => new() { Others = ["siren", "siren_uniform", "siren_"] };

    public override bool HasOutlook => false;

    public override string Formula =>
        "w ~ U(+-sqrt(6 / fan_in) / omega0); with layer=first w ~ U(+-1 / fan_in). Activations are sin(omega0 z).";

    public override string Variance => "2 / (fan_in omega0^2); with layer=first 1 / (3 fan_in^2)";

    public override string StandardDeviation => "sqrt(2 / fan_in) / omega0; with layer=first 1 / (sqrt(3) fan_in)";

    public override string Limit => "sqrt(6 / fan_in) / omega0; with layer=first 1 / fan_in";

    public override string Purpose => "Networks of sines that represent images, shapes and fields.";

    public override string Law => "uniform";

    public override string Keeps => "pre-activations of N(0, 1) behind sin";

    public override string Reference =>
        "Sitzmann et al. 2020, Implicit neural representations with periodic activation functions, arXiv:2006.09661";

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: layer is neither hidden nor first, or omega0 not above 0.
    /// </exception>
    public override Initializer Bind(ArgumentReader arguments, Reading reading)
    {
        string? layer = arguments.Word("layer", "hidden");
        double omega0 = arguments.Positive("omega0", SirenInitializer.UsualOmega0, "omega", "w0");
        return new SirenInitializer(
            layer is null ? SirenLayer.Hidden : SirenInitializer.Layers.Parse(layer), omega0);
    }
}
