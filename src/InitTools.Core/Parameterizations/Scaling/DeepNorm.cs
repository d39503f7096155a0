namespace InitTools;

/// <summary>
/// DeepNet's initialization: feed-forward, value and output projections from Glorot normal with the gain beta, all
/// other weights with the gain 1; the network multiplies its skip connections by alpha. With N encoder layers and M
/// decoder layers:
/// <code>
/// encoder alone   alpha (2N)^(1/4)             beta (8N)^(-1/4)
/// decoder alone   alpha (2M)^(1/4)             beta (8M)^(-1/4)
/// both, encoder   alpha 0.81 (N^4 M)^(1/16)    beta 0.87 (N^4 M)^(-1/16)
/// both, decoder   alpha (3M)^(1/4)             beta (12M)^(-1/4)
/// </code>
/// </summary>
/// <param name="encoderLayers">N, or 0 for a decoder alone.</param>
/// <param name="decoderLayers">M, or 0 for an encoder alone.</param>
internal sealed class DeepNorm(long encoderLayers, long decoderLayers) : Parameterization
{
    // Layers that make queries, keys and values in one: DeepNet scales the values alone.
    private static readonly string[] s_fused = ["c_attn", "qkv", "in_proj", "query_key_value", "Wqkv"];

    public override string Name => "DeepNorm";

    public override IReadOnlyList<TensorRule> Apply(IReadOnlyList<NetworkTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return [.. tensors.Select(RuleOf)];
    }

    protected override IEnumerable<(string Name, string Value)> CanonicalArguments()
    {
        if (encoderLayers > 0)
        {
            yield return ("encoder", ExpressionNode.Format(encoderLayers));
        }

        if (decoderLayers > 0)
        {
            yield return ("decoder", ExpressionNode.Format(decoderLayers));
        }
    }

    private TensorRule RuleOf(NetworkTensor tensor)
    {
        if (!tensor.IsMatrix)
        {
            return new TensorRule(Initializer.Parse(tensor.IsBias ? "Zeros" : "Ones"));
        }

        bool isFused = s_fused.Any(name => NearestName.Fold(name) == NearestName.Fold(tensor.LayerName));
        TensorRole role = (isFused ? tensor.Role : TensorRoles.Tell(tensor)) ?? throw new InitToolsException(
            ErrorId.RoleUnknown,
            isFused
                ? $"'{tensor.Tensor.Name}' makes queries, keys and values in one, and DeepNorm draws values with "
                    + "another gain; give three tensors."
                : $"DeepNorm cannot tell what '{tensor.Tensor.Name}' is; layers are called "
                    + $"{string.Join(", ", TensorRoles.NamesOf(TensorRole.QueryKey))} (gain 1), "
                    + $"{string.Join(", ", TensorRoles.NamesOf(TensorRole.Hidden))}, "
                    + $"{string.Join(", ", TensorRoles.NamesOf(TensorRole.Residual))} (gain beta), or have a property "
                    + $"Role: {string.Join(", ", TensorRoles.Spellings.Names)}.",
            tensor.Tensor.Name);
        bool isScaled = role is TensorRole.Hidden or TensorRole.Residual;
        string gain = isScaled ? $"gain={ExpressionNode.Format(BetaOf(tensor))}, " : "";
        return new TensorRule(Initializer.Parse($"GlorotNormal({gain}distribution=normal)"));
    }

    private double BetaOf(NetworkTensor tensor) => (encoderLayers, decoderLayers) switch
    {
        (long n, 0) => PositivePower.Of(8.0 * n, -0.25),
        (0, long m) => PositivePower.Of(8.0 * m, -0.25),
        (long n, long m) when IsInEncoder(tensor) => SignificantDigits.Round(
            0.87 * PositivePower.Of(n, -0.25) * PositivePower.Of(m, -0.0625)),
        (_, long m) => PositivePower.Of(12.0 * m, -0.25),
    };

    private static bool IsInEncoder(NetworkTensor tensor)
    {
        bool isInEncoder = tensor.Tensor.Name.Contains("encoder", StringComparison.OrdinalIgnoreCase);
        bool isInDecoder = tensor.Tensor.Name.Contains("decoder", StringComparison.OrdinalIgnoreCase);
        return isInEncoder != isInDecoder ? isInEncoder : throw new InitToolsException(
            ErrorId.RoleUnknown,
            $"DeepNorm cannot tell whether '{tensor.Tensor.Name}' is in the encoder or in the decoder, whose gains "
            + "differ; its name has one of the two words.",
            tensor.Tensor.Name);
    }
}

/// <summary>Parameters: encoder (0) and decoder (0), the numbers of layers; one of them or both.</summary>
internal sealed class DeepNormDefinition : ParameterizationDefinition
{
    public override string Name => "DeepNorm";

    public override IReadOnlyList<string> Aliases => ["deepnet"];

    public override string Formula =>
        "w ~ N(0, beta^2 2 / (fan_in + fan_out)); queries and keys beta = 1; one of N encoder or M decoder layers: "
        + "beta = (8N)^(-1/4), alpha = (2N)^(1/4); both: encoder beta = 0.87 (N^4 M)^(-1/16), "
        + "alpha = 0.81 (N^4 M)^(1/16), decoder beta = (12M)^(-1/4), alpha = (3M)^(1/4); the network multiplies skip "
        + "connections by alpha";

    public override string Variance => "2 beta^2 / (fan_in + fan_out)";

    public override string Purpose =>
        "Transformers behind whose blocks stands the normalization: a thousand layers train without warm-up.";

    public override string Reference => "Wang et al. 2022, DeepNet, arXiv:2203.00555, figure 2";

    public override Parameterization Bind(ArgumentReader arguments)
    {
        long encoder = WholeNumber(arguments, "encoder", 0, 0);
        long decoder = WholeNumber(arguments, "decoder", 0, 0);
        return encoder + decoder > 0
            ? new DeepNorm(encoder, decoder)
            : throw new InitToolsException(
                ErrorId.InvalidArgument,
                "DeepNorm: neither encoder nor decoder is given; one or both are the numbers of layers, such as "
                + "DeepNorm(decoder=24).",
                Name);
    }

    protected override void ReadArguments(ArgumentReader arguments)
    {
        arguments.Number("encoder", 0);
        arguments.Number("decoder", 0);
    }
}
