using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>phi(z) = z.</summary>
internal sealed class Linear() : FormulaActivation<Linear.LinearFormula>(default)
{
    public override string Name => "linear";

    public override IReadOnlyList<string> Aliases => ["identity", "none"];

    public override string Formula => "z";

    internal readonly struct LinearFormula : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T> => z;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T> => T.Create(1);
    }
}
