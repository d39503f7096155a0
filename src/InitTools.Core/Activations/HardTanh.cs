using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>Piecewise linear hyperbolic tangent (Collobert 2004): phi(z) = max(-1, min(1, z)).</summary>
internal sealed class HardTanh() : FormulaActivation<HardTanh.HardTanhFormula>(default)
{
    public override string Name => "hard_tanh";

    public override string Formula => "max(-1, min(1, z))";

    public override SaturationRule? Saturation => new SaturationRule(-0.99, 0.99);

    public override IReadOnlyList<double> KinkPoints => [-1, 1];

    internal readonly struct HardTanhFormula : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T> => T.Max(T.Create(-1), T.Min(T.Create(1), z));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T> =>
            T.GreaterThan(z, T.Create(-1)) & T.LessThanOrEqual(z, T.Create(1)) & T.Create(1);
    }
}
