using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Elementary;

/// <summary>The distribution function of the standard normal law: P(Z &lt;= x) = erfc(-x / sqrt 2) / 2.</summary>
/// <remarks>
/// Every x. Error at most 4 units in the last place for |x| below 1; in the lower tail it grows with x^2, as the
/// function's own condition does.
/// </remarks>
internal static class NormalCumulative
{
    /// <summary>P(Z &lt;= x) for every x, the lower tail in full relative precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Evaluate<T>(T x)
        where T : struct, ILanes<T> => T.Create(0.5) * Erf.Complement(x * T.Create(-0.70710678118654752));
}
