namespace InitTools;

/// <summary>
/// w ~ N(mean, stddev^2) given minimum &lt;= w &lt;= maximum; stddev is the one before truncation. Tensors of any
/// shape.
/// </summary>
/// <param name="mean">The mean before truncation, in the unit of w.</param>
/// <param name="standardDeviation">The standard deviation before truncation, in the unit of w.</param>
/// <param name="minimum">The smallest weight.</param>
/// <param name="maximum">The largest weight.</param>
internal sealed class TruncatedNormalInitializer(double mean, double standardDeviation, double minimum, double maximum)
    : ElementwiseInitializer
{
    public override string Name => "TruncatedNormal";

    public override Distribution GetDistribution(Fans? fans) =>
        new TruncatedNormalDistribution(mean, standardDeviation, minimum, maximum);

    protected override IEnumerable<(string Name, string Value)> CanonicalArguments()
    {
        if (mean != 0)
        {
            yield return ("mean", ExpressionNode.Format(mean));
        }

        yield return ("stddev", ExpressionNode.Format(standardDeviation));
        if (minimum != mean - 2 * standardDeviation || maximum != mean + 2 * standardDeviation)
        {
            yield return ("minimum", ExpressionNode.Format(minimum));
            yield return ("maximum", ExpressionNode.Format(maximum));
        }
    }
}

/// <summary>
/// Bounds: Keras mean +- 2 stddev; JAX's lower and upper are in units of stddev; PyTorch's a and b are absolute, -2 and
/// 2. Defaults of stddev: Keras 0.05, JAX 0.01, PyTorch 1. None of them corrects stddev for the truncation.
/// </summary>
/// <remarks>
/// Parameters: mean (0), stddev (0.05), minimum (mean - 2 stddev) and maximum (mean + 2 stddev), all in the unit of w;
/// lower (-2) and upper (2), the bounds in units of stddev from the mean, where minimum or maximum is not given.
/// </remarks>
internal sealed class TruncatedNormalDefinition : InitializerDefinition
{
    public override string Name => "TruncatedNormal";

    public override FrameworkNames Names => new()
    {
        Keras = ["TruncatedNormal", "truncated_normal"],
        PyTorch = ["trunc_normal_"],
        Jax = ["truncated_normal"],
        Others = ["trunc_normal"],
    };

    public override string Formula =>
        "w ~ N(mean, stddev^2) given minimum <= w <= maximum; by default mean +- 2 stddev";

    public override string Variance => "0.773741 stddev^2 at mean +- 2 stddev (stddev is the one before truncation)";

    public override string StandardDeviation => "0.879626 stddev at mean +- 2 stddev";

    public override string Limit => "max(|minimum|, |maximum|)";

    public override string Purpose => "A fixed spread without outliers.";

    public override string Law => "truncated normal";

    public override string Keeps => "nothing: E[z^2] of a linear layer is fan_in variance times that of its inputs";

    public override string Reference => "Keras TruncatedNormal";

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: stddev is below 0, minimum above maximum, or stddev 0 and the mean
    /// outside the bounds.
    /// </exception>
    public override Initializer Bind(ArgumentReader arguments, Reading reading)
    {
        double mean, standardDeviation;
        double? lower, upper, minimum, maximum;
        switch (reading.Convention)
        {
            case Convention.Jax:
                standardDeviation = ReadStandardDeviation(arguments, 0.01);
                (lower, upper) = ReadMultiples(arguments);
                mean = arguments.Number("mean", 0);
                (minimum, maximum) = ReadBounds(arguments, "mean - 2 stddev", "mean + 2 stddev");
                break;
            case Convention.PyTorch:
                mean = arguments.Number("mean", 0);
                standardDeviation = ReadStandardDeviation(arguments, 1);
                (minimum, maximum) = ReadBounds(arguments, "-2", "2");
                (lower, upper) = ReadMultiples(arguments);
                minimum ??= lower is null ? -2 : null;
                maximum ??= upper is null ? 2 : null;
                break;
            default:
                mean = arguments.Number("mean", 0);
                standardDeviation = ReadStandardDeviation(arguments, 0.05);
                (minimum, maximum) = ReadBounds(arguments, "mean - 2 stddev", "mean + 2 stddev");
                (lower, upper) = ReadMultiples(arguments);
                break;
        }

        double low = minimum ?? mean + (lower ?? -2) * standardDeviation;
        double high = maximum ?? mean + (upper ?? 2) * standardDeviation;
        Distribution.RequireOrder(Name, low, high);
        if (standardDeviation == 0 && (mean < low || mean > high))
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{Name}: stddev is 0 and mean {ExpressionNode.Format(mean)} lies outside "
                + $"[{ExpressionNode.Format(low)}, {ExpressionNode.Format(high)}]; no value is left.",
                mean);
        }

        return new TruncatedNormalInitializer(mean, standardDeviation, low, high);
    }

    private static double ReadStandardDeviation(ArgumentReader arguments, double defaultValue) =>
        arguments.NonNegative("stddev", defaultValue, "std");

    private static (double? Minimum, double? Maximum) ReadBounds(ArgumentReader arguments, string low, string high) =>
        (
            arguments.OptionalNumber("minimum", low, "minval", "a"),
            arguments.OptionalNumber("maximum", high, "maxval", "b"));

    /// <summary>JAX's bounds, in units of stddev from the mean.</summary>
    private static (double? Lower, double? Upper) ReadMultiples(ArgumentReader arguments) =>
        (arguments.OptionalNumber("lower", "-2"), arguments.OptionalNumber("upper", "2"));
}
