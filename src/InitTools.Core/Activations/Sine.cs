using System.Runtime.CompilerServices;
using InitTools.Kernels.Elementary;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// phi(z) = sin(z), the activation of SIREN (Sitzmann 2020), for |z| up to 10^8 (float32: 10^4), NaN beyond. It is
/// bounded but never saturates: it does not level off, and values next to 1 and -1 are as common as in any sine.
/// </summary>
internal sealed class Sine() : FormulaActivation<Sine.SineFormula>(default)
{
    public override string Name => "sin";

    public override IReadOnlyList<string> Aliases => ["sine"];

    public override string Formula => "sin(z)";

    public override bool IsBounded => true;

    public override double? Period => 2 * Math.PI;

    internal readonly struct SineFormula : IActivationFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T> => SinCos.Sin(z);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T> => SinCos.Cos(z);
    }
}
