using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// Scaled hyperbolic tangent (LeCun 1998, Efficient BackProp): phi(z) = 1.7159 tanh(2z/3), which is 1 at 1 and -1 at
/// -1 to within 1e-4.
/// </summary>
internal sealed class LecunTanh() : FormulaActivation<LecunTanh.LecunTanhFormula>(default)
{
    private const double Amplitude = 1.7159;

    public override string Name => "lecun_tanh";

    public override string Formula => "1.7159 * tanh(2 * z / 3)";

    public override SaturationRule? Saturation => new SaturationRule(-0.99 * Amplitude, 0.99 * Amplitude);

    internal readonly struct LecunTanhFormula : IActivationFormula
    {
        private const double Slope = 2.0 / 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T> =>
            T.Create(Amplitude) * default(Tanh.TanhFormula).Value(T.Create(Slope) * z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T> =>
            T.Create(Amplitude * Slope) * default(Tanh.TanhFormula).Derivative(T.Create(Slope) * z);
    }
}
