using System.Runtime.CompilerServices;
using InitTools.Kernels.Elementary;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// Gaussian error linear unit (Hendrycks 2016) in its exact form: phi(z) = z P(z) with P the standard normal
/// distribution function, P(z) = (1 + erf(z / sqrt(2))) / 2.
/// </summary>
internal sealed class Gelu() : FormulaActivation<Gelu.GeluFormula>(default)
{
    public override string Name => "gelu";

    public override string Formula => "z * (1 + erf(z / sqrt(2))) / 2";

    internal readonly struct GeluFormula : IActivationFormula
    {
        private const double OneOverSquareRootOfTwoPi = 0.39894228040143268;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T> => z * NormalCumulative.Evaluate(z);

        // phi'(z) = P(z) + z p(z), p the standard normal density.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T>
        {
            T density = T.Create(OneOverSquareRootOfTwoPi) * Exp.Evaluate(T.Create(-0.5) * z * z);
            return T.FusedMultiplyAdd(z, density, NormalCumulative.Evaluate(z));
        }
    }
}
