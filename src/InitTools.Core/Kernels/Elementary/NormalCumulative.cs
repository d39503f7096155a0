using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Elementary;

/// <summary>
/// The distribution function of the standard normal law: P(Z &lt;= x) = erfc(-x / sqrt 2) / 2, with e^(-x^2/2) taken
/// from x itself, since the division would cost the tail its precision.
/// </summary>
/// <remarks>Every x. Error at most 4 units in the last place where the result is a normal number.</remarks>
internal static class NormalCumulative
{
    /// <summary>P(Z &lt;= x) for every x, the lower tail in full relative precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Evaluate<T>(T x)
        where T : struct, ILanes<T>
    {
        // Beyond, the lower tail is 0; the order of operands lets NaN through.
        T magnitude = T.Min(T.Create(T.IsSingle ? 15.0 : 39.0), T.Abs(x));
        T scaled = Erf.ScaledComplement(magnitude * T.Create(0.70710678118654752));
        T lower = Erf.Gaussian(magnitude, 0.5) * scaled * T.Create(0.5);
        return T.Select(T.GreaterThan(x, T.Create(0.0)), T.Create(1.0) - lower, lower);
    }
}
