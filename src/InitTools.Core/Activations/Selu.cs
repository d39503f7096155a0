using System.Runtime.CompilerServices;
using InitTools.Kernels.Elementary;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// Self-normalizing exponential linear unit (Klambauer 2017): lambda * z for z above 0, lambda * alpha * (e^z - 1)
/// otherwise, with the constants that make mean 0 and variance 1 a fixed point of wide layers with Var(w) = 1/fan_in.
/// </summary>
internal sealed class Selu() : FormulaActivation<Selu.SeluFormula>(default)
{
    private const double Lambda = 1.0507009873554805;
    private const double LambdaAlpha = 1.7580993408473766;

    public override string Name => "selu";

    public override string Formula =>
        "lambda * z if z > 0, else lambda * alpha * (exp(z) - 1); " +
        "lambda = 1.0507009873554805, alpha = 1.6732632423543772";

    public override IReadOnlyList<double> KinkPoints => [0];

    internal readonly struct SeluFormula : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T>
        {
            T zero = T.Create(0);
            return T.Select(
                T.GreaterThan(z, zero),
                T.Create(Lambda) * z,
                T.Create(LambdaAlpha) * Expm1.Evaluate(T.Min(zero, z)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T>
        {
            T zero = T.Create(0);
            return T.Select(
                T.GreaterThan(z, zero),
                T.Create(Lambda),
                T.Create(LambdaAlpha) * Exp.Evaluate(T.Min(zero, z)));
        }
    }
}
