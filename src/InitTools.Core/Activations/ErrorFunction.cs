using System.Runtime.CompilerServices;
using InitTools.Kernels.Elementary;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// Error function: phi(z) = 2/sqrt(pi) times the integral of e^(-t^2) from 0 to z, with derivative
/// 2/sqrt(pi) e^(-z^2).
/// </summary>
internal sealed class ErrorFunction() : FormulaActivation<ErrorFunction.ErrorFunctionFormula>(default)
{
    public override string Name => "erf";

    public override string Formula => "erf(z)";

    public override SaturationRule? Saturation => new SaturationRule(-0.99, 0.99);

    internal readonly struct ErrorFunctionFormula : IActivationFormula
    {
        private const double TwoOverSquareRootOfPi = 1.1283791670955126;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T> => Erf.Evaluate(z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T> => T.Create(TwoOverSquareRootOfPi) * Exp.Evaluate(-(z * z));
    }
}
