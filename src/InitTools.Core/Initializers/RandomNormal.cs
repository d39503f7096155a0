namespace InitTools;

/// <summary>w ~ N(mean, stddev^2), untruncated; tensors of any shape.</summary>
/// <param name="mean">The mean, in the unit of w.</param>
/// <param name="standardDeviation">The standard deviation, in the unit of w; 0 makes every weight the mean.</param>
internal sealed class RandomNormalInitializer(double mean, double standardDeviation) : ElementwiseInitializer
{
    public override string Name => "RandomNormal";

    public override Distribution GetDistribution(Fans? fans) => new NormalDistribution(mean, standardDeviation);

    protected override IEnumerable<(string Name, string Value)> CanonicalArguments()
    {
        if (mean != 0)
        {
            yield return ("mean", ExpressionNode.Format(mean));
        }

        yield return ("stddev", ExpressionNode.Format(standardDeviation));
    }
}

/// <summary>Default standard deviations: Keras 0.05, JAX 0.01, PyTorch 1.</summary>
/// <remarks>
/// Parameters: mean (0) and stddev (0.05), both in the unit of w. In JAX's reading stddev comes first.
/// </remarks>
internal sealed class RandomNormalDefinition : InitializerDefinition
{
    public override string Name => "RandomNormal";

    public override FrameworkNames Names => new()
    {
        Keras = ["RandomNormal", "random_normal", "normal"],
        PyTorch = ["normal_"],
        Jax = ["normal"],
    };

    public override string Formula => "w ~ N(mean, stddev^2)";

    public override string Variance => "stddev^2";

    public override string StandardDeviation => "stddev";

    public override string Purpose =>
        "A fixed spread whatever the width: stddev=1 saturates or explodes, stddev=0.01 vanishes in deep stacks.";

    public override string Law => "normal";

    public override string Keeps => "nothing: E[z^2] of a linear layer is fan_in stddev^2 times that of its inputs";

    public override string Reference => "Keras RandomNormal";

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: stddev is below 0.
    /// </exception>
    public override Initializer Bind(ArgumentReader arguments, Reading reading)
    {
        // JAX's only positional argument is the standard deviation.
        double? first = reading.Convention == Convention.Jax ? ReadStandardDeviation(arguments, 0.01) : null;
        double mean = arguments.Number("mean", 0);
        return new RandomNormalInitializer(
            mean,
            first ?? ReadStandardDeviation(arguments, reading.Convention == Convention.PyTorch ? 1 : 0.05));
    }

    private static double ReadStandardDeviation(ArgumentReader arguments, double defaultValue) =>
        arguments.NonNegative("stddev", defaultValue, "std");
}
