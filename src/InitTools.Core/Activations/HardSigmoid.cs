using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// Piecewise linear sigmoid of Keras 3, PyTorch and JAX: phi(z) = relu6(z + 3) / 6. Keras 2 had
/// max(0, min(1, 0.2 z + 0.5)).
/// </summary>
internal sealed class HardSigmoid() : FormulaActivation<HardSigmoid.HardSigmoidFormula>(default)
{
    public override string Name => "hard_sigmoid";

    public override string Formula => "max(0, min(6, z + 3)) / 6";

    public override SaturationRule? Saturation => new SaturationRule(0.01, 0.99);

    public override IReadOnlyList<double> KinkPoints => [-3, 3];

    internal readonly struct HardSigmoidFormula : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T> =>
            default(Relu6.Relu6Formula).Value(z + T.Create(3)) / T.Create(6);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T> =>
            default(Relu6.Relu6Formula).Derivative(z + T.Create(3)) / T.Create(6);
    }
}
