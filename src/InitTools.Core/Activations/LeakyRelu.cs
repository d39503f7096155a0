using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// Leaky rectified linear unit (Maas 2013): phi(z) = z for z above 0, negative_slope * z otherwise. The default slope
/// is PyTorch's and JAX's 0.01; Keras's layer has 0.3, its function 0.2.
/// </summary>
internal sealed class LeakyRelu(double negativeSlope)
    : FormulaActivation<LeakyRelu.LeakyReluFormula>(new LeakyReluFormula(negativeSlope))
{
    private const double DefaultNegativeSlope = 0.01;

    public LeakyRelu()
        : this(DefaultNegativeSlope)
    {
    }

    public override string Name => "leaky_relu";

    public override string Formula => "z if z > 0, else negative_slope * z";

    public override IReadOnlyList<ActivationParameter> Parameters { get; } =
        [new("negative_slope", negativeSlope, DefaultNegativeSlope, ["alpha", "slope"])];

    public override IReadOnlyList<double> KinkPoints => [0];

    internal override Activation With(ReadOnlySpan<double> parameters) => new LeakyRelu(parameters[0]);

    internal readonly struct LeakyReluFormula(double negativeSlope) : IActivationFormula
    {
        private readonly double _negativeSlope = negativeSlope;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T> => T.Select(T.GreaterThan(z, T.Create(0)), z, T.Create(_negativeSlope) * z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T> =>
            T.Select(T.GreaterThan(z, T.Create(0)), T.Create(1), T.Create(_negativeSlope));
    }
}
