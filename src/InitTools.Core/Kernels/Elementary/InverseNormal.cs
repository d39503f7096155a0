using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Elementary;

/// <summary>
/// The quantile of the standard normal law, built on the z with P(|Z| &gt; z) = t, so that both tails keep their
/// relative precision. Float32: with y = 1 - t and w = -ln(t (2 - t)) = -ln(1 - y^2), z = y A(w) for w below 2.5, and
/// z = B(sqrt(-ln(t/2)) - 2) in the tail; A and B are a minimax polynomial and rational function (error 2^-27).
/// Float64: Wichura's rational functions of the tail probability t/2 (relative error about 1e-16).
/// </summary>
/// <remarks>
/// p in (0, 1); 0 and 1 give infinities, all else NaN. Error at most 4 units in the last
/// place. Sources: Wichura, Algorithm AS 241, Applied Statistics 37 (1988); Giles, Approximating the erfinv function,
/// GPU Computing Gems (2012), for the variable w.
/// </remarks>
internal static class InverseNormal
{
    /// <summary>
    /// e^-2.5: where t (2 - t) lies above it, w is below 2.5 and float32 takes the polynomial of the centre.
    /// </summary>
    internal const double CentralLimit = 0.0820849985;

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
        T z = OfTwoSidedTail(twoSided, one - twoSided);
        T result = z ^ (T.LessThan(p, half) & T.Create(-0.0));
        T infinity = T.Create(double.PositiveInfinity);
        T inside = T.GreaterThan(p, zero) & T.LessThan(p, one);
        T outside = T.Select(T.Equal(p, zero), -infinity, T.Select(T.Equal(p, one), infinity, T.Create(double.NaN)));
        return T.Select(inside, result, outside);
    }

    /// <summary>
    /// The z &gt;= 0 with P(|Z| &gt; z) = t, for t in (0, 1] and y = 1 - t, which the caller may know better than that.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T OfTwoSidedTail<T>(T t, T y)
        where T : struct, ILanes<T>
    {
        if (!T.IsSingle)
        {
            return Wichura(t, y);
        }

        T product = t * (T.Create(2.0) - t);
        T central = T.GreaterThan(product, T.Create(CentralLimit));
        T w = -Log.Evaluate(T.Select(central, product, t * T.Create(0.5)));
        return T.Select(central, y * Centre(w), Tail(T.Sqrt(w) - T.Create(2.0)));
    }

    /// <summary>
    /// <see cref="OfTwoSidedTail"/> in float32 for t (2 - t) above <see cref="CentralLimit"/>: the same bits without
    /// the tail.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T OfCentralTwoSidedTail<T>(T t, T y)
        where T : struct, ILanes<T>
    {
        T w = -Log.Normal(t * (T.Create(2.0) - t));
        return y * Centre(w);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Wichura<T>(T t, T y)
        where T : struct, ILanes<T>
    {
        T q = y * T.Create(0.5);
        T central = T.LessThanOrEqual(q, T.Create(0.425));
        T r = T.Sqrt(-Log.Evaluate(t * T.Create(0.5)));
        T centre = q * WichuraCentre(T.FusedMultiplyAdd(-q, q, T.Create(0.180625)));
        T near = WichuraTail(r - T.Create(1.6));
        T far = WichuraFarTail(r - T.Create(5.0));
        return T.Select(central, centre, T.Select(T.LessThanOrEqual(r, T.Create(5.0)), near, far));
    }

    // z / y of w, float32
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Centre<T>(T x)
        where T : struct, ILanes<T>
    {
        T p = T.Create(-4.7348703e-7);
        p = T.FusedMultiplyAdd(p, x, T.Create(-2.455591e-6));
        p = T.FusedMultiplyAdd(p, x, T.Create(7.8093006e-5));
        p = T.FusedMultiplyAdd(p, x, T.Create(-0.00019560632));
        p = T.FusedMultiplyAdd(p, x, T.Create(-0.003293175));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.01633045));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.3281172));
        p = T.FusedMultiplyAdd(p, x, T.Create(1.2533141));
        return p;
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
