using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// Squared rectified linear unit (So 2021, Primer): phi(z) = max(0, z)^2. E[phi(z)^2] = 3 q^2 / 2 for z of variance q:
/// with depth, any deviation from the fixed point doubles in every layer.
/// </summary>
internal sealed class SquaredRelu() : FormulaActivation<SquaredRelu.SquaredReluFormula>(default)
{
    public override string Name => "squared_relu";

    public override IReadOnlyList<string> Aliases => ["relu2", "relu_squared"];

    public override string Formula => "max(0, z)^2";

    public override IReadOnlyList<double> KinkPoints => [0];

    internal readonly struct SquaredReluFormula : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T>
        {
            T positive = T.Max(T.Create(0), z);
            return positive * positive;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T>
        {
            T positive = T.Max(T.Create(0), z);
            return positive + positive;
        }
    }
}
