using System.Runtime.CompilerServices;
using InitTools.Kernels.Elementary;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// phi(z) = ln(1 + e^z) = max(0, z) + ln(1 + e^-|z|), which neither overflows nor loses the digits of small values;
/// its derivative is the logistic function.
/// </summary>
internal sealed class Softplus() : FormulaActivation<Softplus.SoftplusFormula>(default)
{
    public override string Name => "softplus";

    public override string Formula => "ln(1 + exp(z))";

    internal readonly struct SoftplusFormula : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T> =>
            T.Max(T.Create(0), z) + Log1p.Evaluate(Exp.Evaluate(-T.Abs(z)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T> => default(Sigmoid.SigmoidFormula).Value(z);
    }
}
