namespace InitTools;

/// <summary>
/// Parametric rectified linear unit (He 2015) as it is before training: leaky_relu whose slope, learned later, starts
/// at 0.25 as in the paper and PyTorch. Flax starts at 0.01, Keras at 0, which is relu.
/// </summary>
internal sealed class Prelu(double negativeSlope)
    : FormulaActivation<LeakyRelu.LeakyReluFormula>(new LeakyRelu.LeakyReluFormula(negativeSlope))
{
    private const double DefaultNegativeSlope = 0.25;

    public Prelu()
        : this(DefaultNegativeSlope)
    {
    }

    public override string Name => "prelu";

    public override string Formula => "z if z > 0, else negative_slope * z";

    public override IReadOnlyList<ActivationParameter> Parameters { get; } =
        [new("negative_slope", negativeSlope, DefaultNegativeSlope, ["init", "negative_slope_init", "alpha"])];

    public override IReadOnlyList<double> KinkPoints => [0];

    internal override Activation With(ReadOnlySpan<double> parameters) => new Prelu(parameters[0]);
}
