using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Elementary;

/// <summary>
/// ln(1 + x) without loss for small x: with u = 1 + x rounded and c = (1 + x) - u exact, ln(1+x) = ln u + c/u.
/// </summary>
/// <remarks>
/// Every x; -1 gives -infinity, less gives NaN. Error at most 2 units in the last place. Source: Higham, Accuracy and
/// Stability of Numerical Algorithms, 2nd edition, section 1.14.1, in the form that keeps the rounding error of u.
/// </remarks>
internal static class Log1p
{
    /// <summary>ln(1 + x) for every x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Evaluate<T>(T x)
        where T : struct, ILanes<T>
    {
        T one = T.Create(1.0);
        T u = one + x;
        T c = T.Select(T.LessThan(T.Abs(x), one), x - (u - one), one - (u - x));
        T result = Log.Evaluate(u) + (c / u);

        // Where u is 0 or infinite the correction is NaN; where x is tiny the result is x, its sign of zero included.
        T regular = T.GreaterThan(u, T.Create(0.0)) & T.LessThan(u, T.Create(double.PositiveInfinity));
        result = T.Select(regular, result, Log.Evaluate(u));
        return T.Select(T.LessThan(T.Abs(x), T.Create(T.IsSingle ? 2.98e-8 : 5.5e-17)), x, result);
    }
}
