using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// Rectified linear unit capped at 6 (Krizhevsky 2010): phi(z) = min(6, max(0, z)). Only its upper bound counts as
/// saturation: zeros, half of all values in a sound network, are counted as zeros like those of relu.
/// </summary>
internal sealed class Relu6() : FormulaActivation<Relu6.Relu6Formula>(default)
{
    public override string Name => "relu6";

    public override string Formula => "min(6, max(0, z))";

    public override SaturationRule? Saturation => new SaturationRule(double.NegativeInfinity, 0.99 * 6);

    public override IReadOnlyList<double> KinkPoints => [0, 6];

    internal readonly struct Relu6Formula : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T> => T.Min(T.Create(6), T.Max(T.Create(0), z));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T> =>
            T.GreaterThan(z, T.Create(0)) & T.LessThanOrEqual(z, T.Create(6)) & T.Create(1);
    }
}
