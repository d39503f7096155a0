namespace InitTools;

/// <summary>
/// Var(w) = sigma_w^2 / fan_in with the sigma_w^2 = 1 / E[phi'(z)^2], z ~ N(0, q), of the edge of chaos: in a wide
/// network of the activation phi, with the biases that <see cref="CriticalBiasInitializer"/> draws, q is a fixed point
/// of the second moment of signals, and gradients neither vanish nor explode there (Poole 2016, Schoenholz 2017).
/// Tensors that have fans.
/// </summary>
/// <param name="point">q, sigma_w^2 and sigma_b^2.</param>
/// <param name="distribution">The law of that variance.</param>
internal sealed class CriticalInitializer(CriticalPoint point, ScalingDistribution distribution)
    : ElementwiseInitializer
{
    public override string Name => "Critical";

    public override bool NeedsFans => true;

    public override Distribution GetDistribution(Fans? fans) =>
        VarianceScaling.OfVariance(distribution, point.Edge.WeightVariance / Require(fans).FanIn);

    protected override IEnumerable<(string Name, string Value)> CanonicalArguments() =>
        distribution == ScalingDistribution.Normal
            ? point.Arguments
            : [.. point.Arguments, ("distribution", VarianceScaling.Distributions.NameOf(distribution))];
}

/// <summary>
/// N(0, sigma_b^2) with the sigma_b^2 = q - sigma_w^2 E[phi(z)^2], z ~ N(0, q), of the edge of chaos; tensors of any
/// shape.
/// </summary>
/// <param name="point">q, sigma_w^2 and sigma_b^2.</param>
internal sealed class CriticalBiasInitializer(CriticalPoint point) : ElementwiseInitializer
{
    public override string Name => "CriticalBias";

    public override Distribution GetDistribution(Fans? fans) =>
        new NormalDistribution(0, Math.Sqrt(point.Edge.BiasVariance));

    protected override IEnumerable<(string Name, string Value)> CanonicalArguments() => point.Arguments;
}

/// <summary>A point on the edge of chaos and the arguments that name it.</summary>
/// <param name="Edge">The point.</param>
/// <param name="Arguments">The activation, and q or sigma_b: whichever was given.</param>
internal sealed record CriticalPoint(CriticalVariances Edge, IReadOnlyList<(string Name, string Value)> Arguments)
{
    /// <summary>Reads <c>activation</c>, and <c>q</c> or <c>sigma_b</c>.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ParameterConflict"/>: q and sigma_b are both given; <see cref="ErrorId.InvalidArgument"/>: q
    /// is not above 0, sigma_b is below 0, or the activation has no edge of chaos there, as relu with biases;
    /// <see cref="ErrorId.UnknownActivation"/>.
    /// </exception>
    public static CriticalPoint Read(string name, ArgumentReader arguments)
    {
        CallNode? call = arguments.Call("activation", "tanh");
        var activation = Activation.Parse(call?.ToString() ?? "tanh");
        double? q = arguments.OptionalNumber("q", "1");
        double? sigmaB = arguments.OptionalNumber("sigma_b", "that of q");
        if (q is double && sigmaB is double)
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"{name}: q and sigma_b are both given; each follows from the other.",
                sigmaB);
        }

        if (q is <= 0 || sigmaB is < 0)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                q is double length
                    ? $"{name}: q is {ExpressionNode.Format(length)}; a number above 0 is accepted."
                    : $"{name}: sigma_b is {ExpressionNode.Format(sigmaB!.Value)}; a number of 0 or more is accepted.",
                q ?? sigmaB);
        }

        (string Name, string Value) place = sigmaB is double deviation
            ? ("sigma_b", ExpressionNode.Format(deviation))
            : ("q", ExpressionNode.Format(q ?? 1));
        return new CriticalPoint(
            sigmaB is double b
                ? CriticalVariances.AtBiasVariance(activation, b * b)
                : CriticalVariances.At(activation, q ?? 1),
            [("activation", activation.ToString()), place]);
    }
}

/// <summary>Weights at the edge of chaos.</summary>
/// <remarks>
/// Parameters: activation (tanh), the phi behind the layer; q (1), the second moment of pre-activations, or instead of
/// it sigma_b (that of q), the standard deviation of biases; distribution (normal), uniform, normal or
/// truncated_normal.
/// </remarks>
internal sealed class CriticalDefinition : InitializerDefinition
{
    public override string Name => "Critical";

    public override FrameworkNames Names => new() { Others = ["critical", "EdgeOfChaos", "edge_of_chaos"] };

    public override bool HasOutlook => false;

    public override string Formula =>
        "w ~ N(0, sigma_w^2 / fan_in), sigma_w^2 = 1 / E[phi'(z)^2], z ~ N(0, q); q is given, or solves "
        + "q = sigma_w^2 E[phi(z)^2] + sigma_b^2 for the sigma_b given";

    public override string Variance => "sigma_w^2 / fan_in";

    public override string StandardDeviation => "sigma_w / sqrt(fan_in)";

    public override string Purpose =>
        "Very deep plain stacks of tanh, erf and other smooth activations, with CriticalBias for the biases: gradients "
        + "neither vanish nor explode at the length q of signals.";

    public override string Law => "normal, or as distribution says";

    public override string Keeps =>
        "E[z^2] = q, the angle between inputs and the variance of gradients, with CriticalBias for the biases";

    public override string Reference =>
        "Poole et al. 2016, arXiv:1606.05340; Schoenholz et al. 2017, Deep information propagation, arXiv:1611.01232";

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnknownDistribution"/>; and what <see cref="CriticalPoint.Read"/> throws.
    /// </exception>
    public override Initializer Bind(ArgumentReader arguments, Reading reading)
    {
        var point = CriticalPoint.Read(Name, arguments);
        string? distribution = arguments.Word("distribution", "normal");
        return new CriticalInitializer(
            point,
            distribution is null ? ScalingDistribution.Normal : VarianceScaling.Distributions.Parse(distribution));
    }
}

/// <summary>The biases that belong to Critical.</summary>
/// <remarks>
/// Parameters: activation (tanh), q (1) and sigma_b (that of q) as those of <see cref="CriticalDefinition"/>.
/// </remarks>
internal sealed class CriticalBiasDefinition : InitializerDefinition
{
    public override string Name => "CriticalBias";

    public override FrameworkNames Names => new() { Others = ["critical_bias"] };

    public override bool HasOutlook => false;

    public override string Formula =>
        "b ~ N(0, sigma_b^2), sigma_b^2 = q - sigma_w^2 E[phi(z)^2], z ~ N(0, q), sigma_w^2 = 1 / E[phi'(z)^2]";

    public override string Variance => "sigma_b^2";

    public override string StandardDeviation => "sigma_b";

    public override string Purpose => "The biases that go with Critical, given the same activation and q.";

    public override string Law => "normal";

    public override string Keeps => "what Critical keeps, of which it is a half";

    public override string Reference =>
        "Poole et al. 2016, arXiv:1606.05340; Schoenholz et al. 2017, Deep information propagation, arXiv:1611.01232";

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">What <see cref="CriticalPoint.Read"/> throws.</exception>
    public override Initializer Bind(ArgumentReader arguments, Reading reading) =>
        new CriticalBiasInitializer(CriticalPoint.Read(Name, arguments));
}
