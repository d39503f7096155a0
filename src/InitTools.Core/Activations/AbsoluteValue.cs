using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>phi(z) = |z|, which keeps the second moment of its argument exactly; its derivative at 0 is taken as -1.</summary>
internal sealed class AbsoluteValue() : FormulaActivation<AbsoluteValue.AbsoluteValueFormula>(default)
{
    public override string Name => "abs";

    public override string Formula => "|z|";

    public override IReadOnlyList<double> KinkPoints => [0];

    internal readonly struct AbsoluteValueFormula : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T> => T.Abs(z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T> => T.Select(T.GreaterThan(z, T.Create(0)), T.Create(1), T.Create(-1));
    }
}
