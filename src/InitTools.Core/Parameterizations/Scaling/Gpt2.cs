namespace InitTools;

/// <summary>
/// GPT-2's initialization: weights and embeddings from N(0, 0.02^2), biases 0, normalizations 1, and the projections
/// that add to the residual stream smaller by sqrt(N), where N is the number of residual branches: two a layer, an
/// attention and a feed-forward network.
/// </summary>
/// <param name="branches">N, or 0 to count the projections of the network.</param>
/// <param name="standardDeviation">The standard deviation of all other weights.</param>
internal sealed class Gpt2(long branches, double standardDeviation) : Parameterization
{
    public override string Name => "GPT2";

    public override IReadOnlyList<TensorRule> Apply(IReadOnlyList<NetworkTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        TensorRole?[] roles = [.. tensors.Select(TensorRoles.Tell)];
        long projections = roles.Count(role => role == TensorRole.Residual);
        if (projections == 0)
        {
            throw new InitToolsException(
                ErrorId.RoleUnknown,
                $"GPT2 scales the projections that add to the residual stream, and none of the {tensors.Count} tensors "
                + $"is one; their layers are called {string.Join(", ", TensorRoles.NamesOf(TensorRole.Residual))}, or "
                + "have the property Role=residual.");
        }

        double residual = standardDeviation / Math.Sqrt(branches > 0 ? branches : projections);
        return
        [
            .. roles.Select(role => role switch
            {
                TensorRole.Bias => new TensorRule(Initializer.Parse("Zeros")),
                TensorRole.Scale => new TensorRule(Initializer.Parse("Ones")),
                TensorRole.Residual => new TensorRule(Normal(residual)),
                _ => new TensorRule(Normal(standardDeviation)),
            }),
        ];
    }

    protected override IEnumerable<(string Name, string Value)> CanonicalArguments()
    {
        if (branches > 0)
        {
            yield return ("layers", ExpressionNode.Format(branches / 2));
        }

        if (standardDeviation != Gpt2Definition.DefaultStandardDeviation)
        {
            yield return ("stddev", ExpressionNode.Format(standardDeviation));
        }
    }

    private static Initializer Normal(double stddev) =>
        Initializer.Parse($"RandomNormal(stddev={ExpressionNode.Format(stddev)})");
}

/// <summary>
/// Parameters: layers (0), the number of blocks, 0 to count the projections; stddev (0.02), in the unit of w.
/// </summary>
internal sealed class Gpt2Definition : ParameterizationDefinition
{
    public const double DefaultStandardDeviation = 0.02;

    public override string Name => "GPT2";

    public override IReadOnlyList<string> Aliases => ["gpt_2"];

    public override string Formula => "w ~ N(0, stddev^2); residual projections w ~ N(0, stddev^2 / (2 layers))";

    public override string Variance => "stddev^2, residual projections stddev^2 / (2 layers)";

    public override string StandardDeviation => "stddev, residual projections stddev / sqrt(2 layers)";

    public override string Purpose =>
        "Transformers before whose blocks stands the normalization: the residual stream keeps its variance with depth.";

    public override string Reference => "Radford et al. 2019, Language models are unsupervised multitask learners, 2.3";

    public override Parameterization Bind(ArgumentReader arguments)
    {
        long layers = WholeNumber(arguments, "layers", 0, 0);
        double stddev = arguments.NonNegative("stddev", DefaultStandardDeviation, "std", "initializer_range");
        return new Gpt2(2 * layers, stddev);
    }
}
