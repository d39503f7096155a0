namespace InitTools;

/// <summary>
/// Var(w) = gain^2 / fan_in, by default 2 / fan_in: relu halves the second moment, and the factor 2 gives it back (He
/// 2015).
/// </summary>
/// <remarks>
/// Parameters: gain (1.4142135623730951), which is sqrt 2, and mode (fan_in) as those of
/// <see cref="VarianceScalingPreset"/>.
/// </remarks>
internal abstract class HeDefinition : VarianceScalingPreset
{
    public override double Scale => 2;

    public override string Variance => "2 / fan_in";

    public override string Keeps =>
        "E[z^2] of relu layers, and the variance of their gradients where fan_in = fan_out";

    public override string Purpose => "relu and its kin: keeps the second moment of signals at any depth.";

    public override string Reference => "He et al. 2015, Delving deep into rectifiers, arXiv:1502.01852";

    /// <summary>
    /// Under PyTorch's convention kaiming's parameters: a (the negative slope, 0), mode (fan_in), nonlinearity
    /// (leaky_relu), from which PyTorch's table makes the gain, and behind them gain, which counts where it is given,
    /// and distribution.
    /// </summary>
    /// <inheritdoc/>
    public override Initializer Bind(ArgumentReader arguments, Reading reading)
    {
        if (reading.Convention != Convention.PyTorch)
        {
            return base.Bind(arguments, reading);
        }

        double slope = arguments.Number("negative_slope", 0, "a");
        FanMode mode = ReadMode(arguments);
        ExpressionNode? nonlinearity = arguments.Value("nonlinearity", "leaky_relu");
        double gain = nonlinearity is null or CallNode { Name: "leaky_relu", Arguments.Count: 0 }
            ? Gain.OfLeakyRelu(slope)
            : Gain.OfPyTorch(Activation.Parse(nonlinearity.ToString()!));
        gain = Gain.Read(arguments, reading, gain);
        return Make(gain, mode, ReadPresetDistribution(arguments, reading));
    }
}

/// <summary>Uniform He: limit gain sqrt(3 / fan_in), by default sqrt(6 / fan_in).</summary>
/// <remarks>Parameters: distribution (uniform).</remarks>
internal sealed class HeUniformDefinition : HeDefinition
{
    public override string Name => "HeUniform";

    public override FrameworkNames Names => new()
    {
        Keras = ["HeUniform", "he_uniform"],
        PyTorch = ["kaiming_uniform_"],
        Jax = ["he_uniform", "kaiming_uniform"],
        Others = ["KaimingUniform"],
    };

    public override ScalingDistribution Distribution => ScalingDistribution.Uniform;

    public override string Limit => "sqrt(6 / fan_in)";
}

/// <summary>Normal He: truncated as in Keras and JAX; PyTorch's kaiming_normal_ is not.</summary>
/// <remarks>Parameters: distribution (truncated_normal).</remarks>
internal sealed class HeNormalDefinition : HeDefinition
{
    public override string Name => "HeNormal";

    public override FrameworkNames Names => new()
    {
        Keras = ["HeNormal", "he_normal"],
        PyTorch = ["kaiming_normal_"],
        Jax = ["he_normal", "kaiming_normal"],
        Others = ["KaimingNormal"],
    };
}
