namespace InitTools;

/// <summary>
/// Var(w) = gain^2 2 / (fan_in + fan_out), which is gain^2 / fan_avg (Glorot and Bengio 2010).
/// </summary>
/// <remarks>
/// Parameters: gain (1) and mode (fan_avg) as those of <see cref="VarianceScalingPreset"/>.
/// </remarks>
internal abstract class GlorotDefinition : VarianceScalingPreset
{
    public override FanMode Mode => FanMode.FanAvg;

    public override string Variance => "2 / (fan_in + fan_out)";

    public override string Reference =>
        "Glorot and Bengio 2010, Understanding the difficulty of training deep feedforward neural networks, AISTATS";

    public override string Keeps =>
        "the mean of the factors on E[z^2] and on the variance of gradients of linear layers; each of them where "
        + "fan_in = fan_out";

    public override string Purpose =>
        "Linear units, and tanh near zero: a compromise between keeping signals and keeping gradients. "
        + "Keras's default.";
}

/// <summary>Uniform Glorot: limit gain sqrt(6 / (fan_in + fan_out)).</summary>
/// <remarks>Parameters: distribution (uniform).</remarks>
internal sealed class GlorotUniformDefinition : GlorotDefinition
{
    public override string Name => "GlorotUniform";

    public override FrameworkNames Names => new()
    {
        Keras = ["GlorotUniform", "glorot_uniform"],
        PyTorch = ["xavier_uniform_"],
        Jax = ["glorot_uniform", "xavier_uniform"],
        Others = ["XavierUniform"],
    };

    public override ScalingDistribution Distribution => ScalingDistribution.Uniform;

    public override string Limit => "sqrt(6 / (fan_in + fan_out))";
}

/// <summary>Normal Glorot: truncated as in Keras and JAX; PyTorch's xavier_normal_ is not.</summary>
/// <remarks>Parameters: distribution (truncated_normal).</remarks>
internal sealed class GlorotNormalDefinition : GlorotDefinition
{
    public override string Name => "GlorotNormal";

    public override FrameworkNames Names => new()
    {
        Keras = ["GlorotNormal", "glorot_normal"],
        PyTorch = ["xavier_normal_"],
        Jax = ["glorot_normal", "xavier_normal"],
        Others = ["XavierNormal"],
    };
}
