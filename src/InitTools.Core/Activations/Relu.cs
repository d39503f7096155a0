using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>Rectified linear unit (Nair 2010): phi(z) = max(0, z); its derivative at 0 is taken as 0.</summary>
internal sealed class Relu() : FormulaActivation<Relu.ReluFormula>(default)
{
    public override string Name => "relu";

    public override string Formula => "max(0, z)";

    public override IReadOnlyList<double> KinkPoints => [0];

    internal readonly struct ReluFormula : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T> => T.Max(T.Create(0), z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T> => T.Select(T.LessThanOrEqual(z, T.Create(0)), T.Create(0), T.Create(1));
    }
}
