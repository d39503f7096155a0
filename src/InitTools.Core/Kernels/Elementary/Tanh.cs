using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Elementary;

/// <summary>tanh x = t / (t + 2) with t = e^(2|x|) - 1, and the sign of x.</summary>
/// <remarks>Every x. Error at most 3 units in the last place, from <see cref="Expm1"/> and the division.</remarks>
internal static class Tanh
{
    /// <summary>tanh x for every x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Evaluate<T>(T x)
        where T : struct, ILanes<T>
    {
        T magnitude = T.Abs(x);

        // From here on the result rounds to 1; the order of operands lets NaN through.
        T bounded = T.Min(T.Create(T.IsSingle ? 10.0 : 20.0), magnitude);
        T t = Expm1.Evaluate(bounded + bounded);
        T sign = x & T.Create(-0.0);
        return (t / (t + T.Create(2.0))) | sign;
    }
}
