namespace InitTools;

/// <summary>
/// Var(w) = gain^2 / fan_in (LeCun 1998). Caffe, and some lectures, call this one Xavier.
/// </summary>
/// <remarks>
/// Parameters: gain (1) and mode (fan_in) as those of <see cref="VarianceScalingPreset"/>.
/// </remarks>
internal abstract class LecunDefinition : VarianceScalingPreset
{
    public override string Variance => "1 / fan_in";

    public override string Keeps =>
        "E[z^2] of linear layers and of selu's, and the variance of linear gradients where fan_in = fan_out";

    public override string Purpose => "Linear units and selu: keeps the second moment of signals. Flax's default.";

    public override string Reference =>
        "LeCun, Bottou, Orr and Mueller 1998, Efficient BackProp; for selu Klambauer et al. 2017, arXiv:1706.02515";
}

/// <summary>Uniform LeCun: limit gain sqrt(3 / fan_in).</summary>
/// <remarks>Parameters: distribution (uniform).</remarks>
internal sealed class LecunUniformDefinition : LecunDefinition
{
    public override string Name => "LecunUniform";

    public override FrameworkNames Names => new()
    {
        Keras = ["LecunUniform", "lecun_uniform"],
        Jax = ["lecun_uniform"],
        Others = ["LeCunUniform"],
    };

    public override ScalingDistribution Distribution => ScalingDistribution.Uniform;

    public override string Limit => "sqrt(3 / fan_in)";
}

/// <summary>Normal LeCun, truncated as in Keras and JAX.</summary>
/// <remarks>Parameters: distribution (truncated_normal).</remarks>
internal sealed class LecunNormalDefinition : LecunDefinition
{
    public override string Name => "LecunNormal";

    public override FrameworkNames Names => new()
    {
        Keras = ["LecunNormal", "lecun_normal"],
        Jax = ["lecun_normal"],
        Others = ["LeCunNormal"],
    };
}
