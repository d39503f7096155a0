using System.Runtime.CompilerServices;
using InitTools.Kernels.Elementary;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// Logistic function: phi(z) = 1 / (1 + e^-z), with derivative phi(z) phi(-z). Computed from e^-|z|, which neither
/// overflows nor loses the digits of small values.
/// </summary>
internal sealed class Sigmoid() : FormulaActivation<Sigmoid.SigmoidFormula>(default)
{
    public override string Name => "sigmoid";

    public override IReadOnlyList<string> Aliases => ["logistic"];

    public override string Formula => "1 / (1 + exp(-z))";

    public override SaturationRule? Saturation => new SaturationRule(0.01, 0.99);

    internal readonly struct SigmoidFormula : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T>
        {
            T one = T.Create(1);
            T small = Exp.Evaluate(-T.Abs(z));
            return T.Select(T.LessThan(z, T.Create(0)), small, one) / (one + small);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T>
        {
            T small = Exp.Evaluate(-T.Abs(z));
            T denominator = T.Create(1) + small;
            return small / (denominator * denominator);
        }
    }
}
