using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// Hyperbolic tangent, with derivative 1 / cosh(z)^2 = 4 e^-2|z| / (1 + e^-2|z|)^2, which keeps its digits where
/// 1 - tanh(z)^2 would cancel.
/// </summary>
internal sealed class Tanh() : FormulaActivation<Tanh.TanhFormula>(default)
{
    public override string Name => "tanh";

    public override string Formula => "tanh(z)";

    public override SaturationRule? Saturation => new SaturationRule(-0.99, 0.99);

    internal readonly struct TanhFormula : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T> => Kernels.Elementary.Tanh.Evaluate(z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T> =>
            T.Create(4) * default(Sigmoid.SigmoidFormula).Derivative(z + z);
    }
}
