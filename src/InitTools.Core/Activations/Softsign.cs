using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// phi(z) = z / (1 + |z|), with derivative 1 / (1 + |z|)^2. It nears its bounds slowly: saturation, as of tanh above
/// 0.99, begins at |z| = 99.
/// </summary>
internal sealed class Softsign() : FormulaActivation<Softsign.SoftsignFormula>(default)
{
    public override string Name => "softsign";

    public override string Formula => "z / (1 + |z|)";

    public override SaturationRule? Saturation => new SaturationRule(-0.99, 0.99);

    public override IReadOnlyList<double> KinkPoints => [0];

    internal readonly struct SoftsignFormula : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T> => z / (T.Create(1) + T.Abs(z));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T>
        {
            T one = T.Create(1);
            T denominator = one + T.Abs(z);
            return one / (denominator * denominator);
        }
    }
}
