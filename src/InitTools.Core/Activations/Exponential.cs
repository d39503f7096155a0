using System.Runtime.CompilerServices;
using InitTools.Kernels.Elementary;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// phi(z) = e^z, infinite from about 709.8 on (float32: 88.7). E[phi(z)^2] = e^(2q) for z of variance q: depth makes
/// it explode or, with weights small enough, settle at the lower of two fixed points.
/// </summary>
internal sealed class Exponential() : FormulaActivation<Exponential.ExponentialFormula>(default)
{
    public override string Name => "exp";

    public override IReadOnlyList<string> Aliases => ["exponential"];

    public override string Formula => "exp(z)";

    internal readonly struct ExponentialFormula : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T> => Exp.Evaluate(z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T> => Exp.Evaluate(z);
    }
}
