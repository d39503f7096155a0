using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// Gaussian error linear unit in its approximate form (Hendrycks 2016): phi(z) = z (1 + tanh u) / 2 with
/// u = sqrt(2/pi) (z + 0.044715 z^3). As (1 + tanh u) / 2 = s(2u) with s the logistic function, it is computed as
/// z s(2u), which keeps the digits of small values. Keras and PyTorch mean it by <c>approximate</c>; JAX's gelu is it
/// unless told otherwise, whereas <c>gelu</c> here is the exact form.
/// </summary>
internal sealed class GeluTanh() : FormulaActivation<GeluTanh.GeluTanhFormula>(default)
{
    public override string Name => "gelu_tanh";

    public override IReadOnlyList<string> Aliases => ["gelu_new", "gelu_pytorch_tanh"];

    public override string Formula => "z * (1 + tanh(sqrt(2 / pi) * (z + 0.044715 * z^3))) / 2";

    internal readonly struct GeluTanhFormula : IActivationFormula
    {
        // 2u = Linear z + Cubic z^3.
        private const double Linear = 1.5957691216057308;
        private const double Cubic = Linear * 0.044715;

        // From here on s(2u) is 0 or 1 in every digit, and z^3 is far from overflow.
        private const double Bound = 30;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T> => z * default(Sigmoid.SigmoidFormula).Value(TwiceU(Bounded(z)));

        // phi'(z) = s(2u) + z s'(2u) (2u)'.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T>
        {
            Sigmoid.SigmoidFormula sigmoid = default;
            T bounded = Bounded(z);
            T twiceU = TwiceU(bounded);
            T slope = T.FusedMultiplyAdd(T.Create(3 * Cubic), bounded * bounded, T.Create(Linear));
            return T.FusedMultiplyAdd(bounded * slope, sigmoid.Derivative(twiceU), sigmoid.Value(twiceU));
        }

        // The order of operands lets NaN through.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T Bounded<T>(T z)
            where T : struct, ILanes<T> => T.Max(T.Create(-Bound), T.Min(T.Create(Bound), z));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static T TwiceU<T>(T z)
            where T : struct, ILanes<T> => z * T.FusedMultiplyAdd(T.Create(Cubic), z * z, T.Create(Linear));
    }
}
