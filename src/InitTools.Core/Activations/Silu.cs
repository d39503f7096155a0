using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// Sigmoid linear unit, also called swish (Elfwing 2017, Ramachandran 2017): phi(z) = z s(z) with s the logistic
/// function.
/// </summary>
internal sealed class Silu() : FormulaActivation<Silu.SiluFormula>(default)
{
    public override string Name => "silu";

    public override IReadOnlyList<string> Aliases => ["swish"];

    public override string Formula => "z / (1 + exp(-z))";

    internal readonly struct SiluFormula : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T> => z * default(Sigmoid.SigmoidFormula).Value(z);

        // phi'(z) = s(z) + z s'(z).
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T>
        {
            Sigmoid.SigmoidFormula sigmoid = default;
            return T.FusedMultiplyAdd(z, sigmoid.Derivative(z), sigmoid.Value(z));
        }
    }
}
