namespace InitTools;

/// <summary>w ~ U[minimum, maximum); tensors of any shape.</summary>
/// <param name="minimum">The smallest weight.</param>
/// <param name="maximum">What weights stay below.</param>
internal sealed class RandomUniformInitializer(double minimum, double maximum) : ElementwiseInitializer
{
    public override string Name => "RandomUniform";

    public override Distribution GetDistribution(Fans? fans) => new UniformDistribution(minimum, maximum);

    protected override IEnumerable<(string Name, string Value)> CanonicalArguments() =>
    [
        ("minimum", ExpressionNode.Format(minimum)),
        ("maximum", ExpressionNode.Format(maximum)),
    ];
}

/// <summary>
/// Defaults: Keras -0.05 to 0.05, PyTorch 0 to 1. JAX's <c>uniform(scale=0.01)</c> is one-sided, 0 to scale.
/// </summary>
/// <remarks>
/// Parameters: minimum (-0.05) and maximum (0.05), both in the unit of w; in JAX's reading scale instead of the two.
/// </remarks>
internal sealed class RandomUniformDefinition : InitializerDefinition
{
    public override string Name => "RandomUniform";

    public override FrameworkNames Names => new()
    {
        Keras = ["RandomUniform", "random_uniform", "uniform"],
        PyTorch = ["uniform_"],
        Jax = ["uniform"],
    };

    public override string Formula => "w ~ U[minimum, maximum)";

    public override string Variance => "(maximum - minimum)^2 / 12";

    public override string StandardDeviation => "(maximum - minimum) / sqrt(12)";

    public override string Limit => "max(|minimum|, |maximum|)";

    public override string Purpose => "A fixed range whatever the width; Keras uses it for embeddings.";

    public override string Law => "uniform";

    public override string Keeps => "nothing: E[z^2] of a linear layer is fan_in variance times that of its inputs";

    public override string Reference => "Keras RandomUniform";

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: minimum is above maximum, or JAX's scale below 0.
    /// </exception>
    public override Initializer Bind(ArgumentReader arguments, Reading reading)
    {
        if (reading.Convention == Convention.Jax)
        {
            return new RandomUniformInitializer(0, arguments.NonNegative("scale", 0.01));
        }

        (double low, double high) = reading.Convention == Convention.PyTorch ? (0.0, 1.0) : (-0.05, 0.05);
        double minimum = arguments.Number("minimum", low, "minval", "a", "low");
        double maximum = arguments.Number("maximum", high, "maxval", "b", "high");
        Distribution.RequireOrder(Name, minimum, maximum);
        return new RandomUniformInitializer(minimum, maximum);
    }
}
