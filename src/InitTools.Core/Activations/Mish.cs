using System.Runtime.CompilerServices;
using InitTools.Kernels.Elementary;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// Mish (Misra 2019): phi(z) = z tanh(ln(1 + e^z)). With n = e^z the hyperbolic tangent is t = (n^2 + 2n) / D and its
/// derivative 4n(1 + n) / D^2, D = n^2 + 2n + 2. For z of 0 or more both are written in e^-z, so that nothing
/// overflows or cancels.
/// </summary>
internal sealed class Mish() : FormulaActivation<Mish.MishFormula>(default)
{
    public override string Name => "mish";

    public override string Formula => "z * tanh(ln(1 + exp(z)))";

    internal readonly struct MishFormula : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T>
        {
            T small = Exp.Evaluate(-T.Abs(z));
            (T numerator, T denominator) = Fraction(z, small);
            return z * (numerator / denominator);
        }

        // phi'(z) = t + z t'.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T>
        {
            T small = Exp.Evaluate(-T.Abs(z));
            (T numerator, T denominator) = Fraction(z, small);
            T square = small * small;
            T leading = T.Select(T.LessThan(z, T.Create(0)), small, square);
            T slope = T.Create(4) * T.FusedMultiplyAdd(leading, small, leading) / (denominator * denominator);
            return T.FusedMultiplyAdd(z, slope, numerator / denominator);
        }

        // t as a fraction: (n^2 + 2n) / (n^2 + 2n + 2), for z of 0 or more multiplied out with e^-2z.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static (T Numerator, T Denominator) Fraction<T>(T z, T small)
            where T : struct, ILanes<T>
        {
            T two = T.Create(2);
            T negative = T.LessThan(z, T.Create(0));
            T square = small * small;
            T numerator = T.FusedMultiplyAdd(two, small, T.Select(negative, square, T.Create(1)));
            return (numerator, numerator + two * T.Select(negative, T.Create(1), square));
        }
    }
}
