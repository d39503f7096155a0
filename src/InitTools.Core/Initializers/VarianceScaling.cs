namespace InitTools;

/// <summary>The shapes that a law of given variance can have.</summary>
public enum ScalingDistribution
{
    /// <summary>U(+-sqrt(3 variance)).</summary>
    Uniform,

    /// <summary>N(0, variance), untruncated.</summary>
    Normal,

    /// <summary>
    /// N(0, s^2) cut at +-2 s, where s = sqrt(variance) / 0.87962566103423978, so that the variance is that asked for.
    /// </summary>
    TruncatedNormal,
}

/// <summary>
/// The engine of the Glorot, He and LeCun schemes: Var(w) = scale / n, where n is the fan that <see cref="Mode"/>
/// names, and mean 0. A preset is an engine with a name of its own; its expression shows only what differs from the
/// preset. Tensors that have fans.
/// </summary>
internal sealed class VarianceScaling : ElementwiseInitializer
{
    /// <summary>Standard deviation of N(0, 1) cut at +-2: sqrt(1 - 4 phi(2) / (2 Phi(2) - 1)).</summary>
    public const double TruncatedStandardDeviation = 0.87962566103423978;

    private readonly VarianceScalingDefinition _definition;

    public VarianceScaling(
        VarianceScalingDefinition definition,
        double scale,
        FanMode mode,
        ScalingDistribution distribution)
    {
        _definition = definition;
        Scale = scale;
        Mode = mode;
        Distribution = distribution;
    }

    public static NamedValue<ScalingDistribution> Distributions { get; } = new(
        "distribution",
        ErrorId.UnknownDistribution,
        ("uniform", ScalingDistribution.Uniform),
        ("normal", ScalingDistribution.Normal),
        ("truncated_normal", ScalingDistribution.TruncatedNormal),
        ("untruncated_normal", ScalingDistribution.Normal));

    public override string Name => _definition.Name;

    public override bool NeedsFans => true;

    public double Scale { get; }

    public FanMode Mode { get; }

    public ScalingDistribution Distribution { get; }

    public override Distribution GetDistribution(Fans? fans) =>
        OfVariance(Distribution, Scale / FanModes.Of(Mode, Require(fans)));

    /// <summary>The law of mean 0 that has a variance.</summary>
    public static Distribution OfVariance(ScalingDistribution distribution, double variance)
    {
        return distribution switch
        {
            ScalingDistribution.Uniform => Symmetric(Math.Sqrt(3 * variance)),
            ScalingDistribution.Normal => new NormalDistribution(0, Math.Sqrt(variance)),
            _ => Truncated(Math.Sqrt(variance) / TruncatedStandardDeviation),
        };

        static Distribution Symmetric(double limit) => new UniformDistribution(-limit, limit);

        static Distribution Truncated(double s) => new TruncatedNormalDistribution(0, s, -2 * s, 2 * s);
    }

    protected override IEnumerable<(string Name, string Value)> CanonicalArguments()
    {
        if (Scale != _definition.Scale)
        {
            yield return _definition.ScaleArgument(Scale);
        }

        if (Mode != _definition.Mode)
        {
            yield return ("mode", FanModes.Spellings.NameOf(Mode));
        }

        if (Distribution != _definition.Distribution)
        {
            yield return ("distribution", Distributions.NameOf(Distribution));
        }
    }
}

/// <summary>
/// The engine under its own name, with Keras's and JAX's parameters; the base of its presets (He 2015, Keras, JAX).
/// </summary>
/// <remarks>
/// Parameters: scale (1), the factor on the variance 1 / n, without unit; mode (fan_in), a <see cref="FanMode"/>;
/// distribution (truncated_normal), uniform, normal or truncated_normal.
/// </remarks>
internal class VarianceScalingDefinition : InitializerDefinition
{
    public override string Name => "VarianceScaling";

    public override FrameworkNames Names => new()
    {
        Keras = ["VarianceScaling", "variance_scaling"],
        Jax = ["variance_scaling"],
    };

    public override string Formula => "uniform, normal or truncated normal of mean 0 with the variance given";

    public override string Variance => "scale / n, where n is fan_in, fan_out, their mean or their geometric mean";

    public override string StandardDeviation => "sqrt(scale / n)";

    public override string Limit => "sqrt(3 variance) if uniform, 2.27369 sqrt(variance) if truncated_normal";

    public override string Law => "truncated normal, normal or uniform";

    public override string Purpose =>
        "Keeps the variance of signals or gradients from layer to layer, whatever the width.";

    public override string Keeps =>
        "at scale 1, E[z^2] of linear layers with mode=fan_in, the variance of their gradients with fan_out, the mean "
        + "of both factors with fan_avg";

    public override string Reference => "He et al. 2015, arXiv:1502.01852; Keras VarianceScaling";

    /// <summary>The scale where none is given.</summary>
    public virtual double Scale => 1;

    /// <summary>The mode where none is given.</summary>
    public virtual FanMode Mode => FanMode.FanIn;

    /// <summary>The distribution where none is given.</summary>
    public virtual ScalingDistribution Distribution => ScalingDistribution.TruncatedNormal;

    /// <summary>The argument that says which scale differs from the default.</summary>
    public virtual (string Name, string Value) ScaleArgument(double scale) => ("scale", ExpressionNode.Format(scale));

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: scale is not above 0; <see cref="ErrorId.UnknownMode"/>;
    /// <see cref="ErrorId.UnknownDistribution"/>.
    /// </exception>
    public override Initializer Bind(ArgumentReader arguments, Reading reading)
    {
        double scale = arguments.Positive("scale", Scale);
        FanMode mode = ReadMode(arguments);
        return new VarianceScaling(this, scale, mode, ReadDistribution(arguments, reading, Distribution));
    }

    protected FanMode ReadMode(ArgumentReader arguments) =>
        arguments.Word("mode", FanModes.Spellings.NameOf(Mode)) is string mode ? FanModes.Spellings.Parse(mode) : Mode;

    protected static ScalingDistribution ReadDistribution(
        ArgumentReader arguments,
        Reading reading,
        ScalingDistribution defaultValue)
    {
        string? text = arguments.Word("distribution", VarianceScaling.Distributions.NameOf(defaultValue));

        // Keras reads "normal" as truncated; elsewhere it says what it means.
        bool isKerasNormal = reading is { IsExplicit: true, Convention: Convention.Keras }
            && string.Equals(text, "normal", StringComparison.OrdinalIgnoreCase);
        return text is null ? defaultValue
            : isKerasNormal ? ScalingDistribution.TruncatedNormal
            : VarianceScaling.Distributions.Parse(text);
    }
}

/// <summary>Variance scaling under a name of its own, with a gain for its parameter: scale = gain^2.</summary>
/// <remarks>
/// Parameters: gain, the factor on the standard deviation 1 / sqrt(n), without unit, a number or an activation; mode
/// and distribution as those of <see cref="VarianceScalingDefinition"/>. Each preset says its defaults. The texts of
/// the catalogue are those at the default gain.
/// </remarks>
internal abstract class VarianceScalingPreset : VarianceScalingDefinition
{
    public override string Formula => Distribution == ScalingDistribution.Uniform
        ? $"w ~ U(+-sqrt(3 variance)), variance = {Variance}"
        : $"w ~ N(0, s^2) cut at +-2 s, s = sqrt(variance) / 0.8796, variance = {Variance}";

    public override string StandardDeviation => $"sqrt({Variance})";

    public override string Limit => $"2.27369 sqrt({Variance})";

    public override string Law => VarianceScaling.Distributions.NameOf(Distribution).Replace('_', ' ');

    public override (string Name, string Value) ScaleArgument(double scale) =>
        ("gain", ExpressionNode.Format(Math.Sqrt(scale)));

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: gain is not above 0; <see cref="ErrorId.UnknownMode"/>;
    /// <see cref="ErrorId.UnknownDistribution"/>; and what <see cref="Gain.Read"/> throws.
    /// </exception>
    public override Initializer Bind(ArgumentReader arguments, Reading reading)
    {
        double gain = Gain.Read(arguments, reading, Math.Sqrt(Scale));
        FanMode mode = ReadMode(arguments);
        return Make(gain, mode, ReadPresetDistribution(arguments, reading));
    }

    protected VarianceScaling Make(double gain, FanMode mode, ScalingDistribution distribution)
    {
        if (!(gain > 0))
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{Name}: gain is {ExpressionNode.Format(gain)}; a number above 0 is accepted.",
                gain);
        }

        // A gain is known to 12 digits at the most where it was solved for; the scale of the preset is exact.
        bool isDefault = SignificantDigits.Round(gain) == SignificantDigits.Round(Math.Sqrt(Scale));
        double scale = isDefault ? Scale : gain * gain;
        return new VarianceScaling(this, scale, mode, distribution);
    }

    /// <summary>PyTorch's normal presets are untruncated.</summary>
    protected ScalingDistribution ReadPresetDistribution(ArgumentReader arguments, Reading reading)
    {
        bool isUntruncated = reading.Convention == Convention.PyTorch
            && Distribution == ScalingDistribution.TruncatedNormal;
        return ReadDistribution(arguments, reading, isUntruncated ? ScalingDistribution.Normal : Distribution);
    }
}
