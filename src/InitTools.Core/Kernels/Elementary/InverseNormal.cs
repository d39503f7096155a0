using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Elementary;

/// <summary>
/// The quantile of the standard normal law, built on the z with P(|Z| &gt; z) = t, so that both tails keep their
/// relative precision. Float32: with y = 1 - t, z = y A(1 - y^2) where 1 - y^2 = t (2 - t) is above 11/128, and
/// z = B(sqrt(-ln(t/2)) - 2) in the tail; A and B are minimax rational functions (relative error 2^-26 and 2^-27).
/// Float64: Wichura's rational functions of the tail probability t/2 (relative error about 1e-16).
/// </summary>
/// <remarks>
/// p in (0, 1); 0 and 1 give infinities, all else NaN. Error at most 4 units in the last place. Source: Wichura,
/// Algorithm AS 241, Applied Statistics 37 (1988), for the variables and the float64 coefficients.
/// </remarks>
internal static class InverseNormal
{
    /// <summary>Where t (2 - t) lies above 11/128, float32 takes the rational function of the centre.</summary>
    internal const double CentralLimit = 0.0859375;

    /// <summary>The x with P(Z &lt;= x) = p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Evaluate<T>(T p)
        where T : struct, ILanes<T>
    {
        T half = T.Create(0.5);
        T one = T.Create(1.0);
        T zero = T.Create(0.0);
        T tail = T.Min(p, one - p);
        T twoSided = tail + tail;
        T root = T.Sqrt(-Log.Evaluate(tail));
        T z = OfTwoSidedTail(twoSided, one - twoSided, root);
        T result = z ^ (T.LessThan(p, half) & T.Create(-0.0));
        T infinity = T.Create(double.PositiveInfinity);
        T inside = T.GreaterThan(p, zero) & T.LessThan(p, one);
        T outside = T.Select(T.Equal(p, zero), -infinity, T.Select(T.Equal(p, one), infinity, T.Create(double.NaN)));
        return T.Select(inside, result, outside);
    }

    /// <summary>
    /// The z &gt;= 0 with P(|Z| &gt; z) = t, for normal t in (0, 1] and y = 1 - t, which the caller may know better
    /// than that.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T OfTwoSidedTail<T>(T t, T y)
        where T : struct, ILanes<T> => OfTwoSidedTail(t, y, T.Sqrt(-Log.Normal(t * T.Create(0.5))));

    /// <summary>
    /// <see cref="OfTwoSidedTail{T}(T, T)"/> in float32 for t (2 - t) above <see cref="CentralLimit"/>: the same bits
    /// without the tail.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T OfCentralTwoSidedTail<T>(T t, T y)
        where T : struct, ILanes<T> => y * Centre(t * (T.Create(2.0) - t));

    // The root is sqrt(-ln(t/2)).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T OfTwoSidedTail<T>(T t, T y, T root)
        where T : struct, ILanes<T>
    {
        if (T.IsSingle)
        {
            T central = T.GreaterThan(t * (T.Create(2.0) - t), T.Create(CentralLimit));
            return T.Select(central, OfCentralTwoSidedTail(t, y), Tail(root - T.Create(2.0)));
        }

        T q = y * T.Create(0.5);
        T centre = q * WichuraCentre(T.FusedMultiplyAdd(-q, q, T.Create(0.180625)));
        T near = WichuraTail(root - T.Create(1.6));
        T far = WichuraFarTail(root - T.Create(5.0));
        T tail = T.Select(T.LessThanOrEqual(root, T.Create(5.0)), near, far);
        return T.Select(T.LessThanOrEqual(q, T.Create(0.425)), centre, tail);
    }

    // z / y of 1 - y^2, float32
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Centre<T>(T x)
        where T : struct, ILanes<T>
    {
        T numerator = T.Create(16.202568);
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(59.78299));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(35.43114));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(4.261786));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(0.07614339));
        T denominator = T.Create(1.0);
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(23.028702));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(46.986225));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(19.537376));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(1.7825564));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(0.023970239));
        return numerator / denominator;
    }

    // z of sqrt(-ln(t/2)) - 2, float32
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Tail<T>(T x)
        where T : struct, ILanes<T>
    {
        T numerator = T.Create(0.01768616);
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(0.31295115));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(1.6717758));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(3.3433106));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(2.08985));
        T denominator = T.Create(0.012503745);
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(0.19648366));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(0.819521));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(1.0));
        return numerator / denominator;
    }

    // z / q of 0.425^2 - q^2
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T WichuraCentre<T>(T x)
        where T : struct, ILanes<T>
    {
        T numerator = T.Create(2509.0809287301227);
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(33430.57558358813));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(67265.7709270087));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(45921.95393154987));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(13731.69376550946));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(1971.5909503065513));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(133.14166789178438));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(3.3871328727963665));
        T denominator = T.Create(5226.495278852854);
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(28729.085735721943));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(39307.89580009271));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(21213.794301586597));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(5394.196021424751));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(687.1870074920579));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(42.31333070160091));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(1.0));
        return numerator / denominator;
    }

    // z of sqrt(-ln(t/2)) - 1.6
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T WichuraTail<T>(T x)
        where T : struct, ILanes<T>
    {
        T numerator = T.Create(0.0007745450142783414);
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(0.022723844989269184));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(0.2417807251774506));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(1.2704582524523684));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(3.6478483247632045));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(5.769497221460691));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(4.630337846156546));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(1.4234371107496835));
        T denominator = T.Create(1.0507500716444169e-9);
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(0.0005475938084995345));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(0.015198666563616457));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(0.14810397642748008));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(0.6897673349851));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(1.6763848301838038));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(2.053191626637759));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(1.0));
        return numerator / denominator;
    }

    // z of sqrt(-ln(t/2)) - 5
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T WichuraFarTail<T>(T x)
        where T : struct, ILanes<T>
    {
        T numerator = T.Create(2.0103343992922881e-7);
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(2.7115555687434876e-5));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(0.0012426609473880784));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(0.026532189526576124));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(0.29656057182850487));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(1.7848265399172913));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(5.463784911164114));
        numerator = T.FusedMultiplyAdd(numerator, x, T.Create(6.657904643501103));
        T denominator = T.Create(2.0442631033899397e-15);
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(1.421511758316446e-7));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(1.8463183175100548e-5));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(0.0007868691311456133));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(0.014875361290850615));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(0.1369298809227358));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(0.599832206555888));
        denominator = T.FusedMultiplyAdd(denominator, x, T.Create(1.0));
        return numerator / denominator;
    }
}
