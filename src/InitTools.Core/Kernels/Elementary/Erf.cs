using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Elementary;

/// <summary>
/// The error function and its complement. erf x = x P(x^2) for |x| below 1; beyond it, and for the complement,
/// erfc x = e^(-x^2) Q(t) / (1 + 2x) with t = (x - 3.75) / (x + 3.75), which turns x &gt;= 0 into [-1, 1).
/// </summary>
/// <remarks>
/// Every x. Error of erf at most 2 units in the last place; of erfc at most 4 where the result is a normal number.
/// Source of the transformation: Shepherd and Laframboise, Chebyshev approximation of (1+2x) exp(x^2) erfc x,
/// Mathematics of Computation 36 (1981). P and Q are minimax polynomials (relative error 2^-29 and 2^-27 in float32,
/// 2^-62 and 2^-58 in float64).
/// </remarks>
internal static class Erf
{
    /// <summary>erf x for every x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Evaluate<T>(T x)
        where T : struct, ILanes<T>
    {
        T magnitude = T.Abs(x);
        T one = T.Create(1.0);

        // From here on the result rounds to 1; the order of operands lets NaN through.
        T bounded = T.Min(T.Create(T.IsSingle ? 4.5 : 6.5), magnitude);
        T outer = one - (Gaussian(bounded, 1.0) * ScaledComplement(bounded));
        T sign = x & T.Create(-0.0);
        return T.Select(T.LessThan(magnitude, one), x * Inner(x * x), outer | sign);
    }

    /// <summary>erfc x = 1 - erf x for every x, small results in full precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Complement<T>(T x)
        where T : struct, ILanes<T>
    {
        T magnitude = T.Abs(x);

        // From here on the result rounds to 0 or 2; the order of operands lets NaN through.
        T bounded = T.Min(T.Create(T.IsSingle ? 11.0 : 28.0), magnitude);
        T upper = Gaussian(bounded, 1.0) * ScaledComplement(bounded);
        return T.Select(T.LessThan(x, T.Create(0.0)), T.Create(2.0) - upper, upper);
    }

    /// <summary>e^(x^2) erfc x for x &gt;= 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T ScaledComplement<T>(T x)
        where T : struct, ILanes<T>
    {
        T pole = T.Create(3.75);
        T t = (x - pole) / (x + pole);
        return Outer(t) / T.FusedMultiplyAdd(T.Create(2.0), x, T.Create(1.0));
    }

    /// <summary>e^(-scale x^2) for a scale that is a power of two, with the rounding error of x^2 made good.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Gaussian<T>(T x, double scale)
        where T : struct, ILanes<T>
    {
        T square = x * x;
        T error = T.FusedMultiplyAdd(x, x, -square);
        T factor = T.Create(-scale);
        T gaussian = Exp.Evaluate(factor * square);
        return T.FusedMultiplyAdd(gaussian, factor * error, gaussian);
    }

    // erf(sqrt x) / sqrt x on [0, 1]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Inner<T>(T x)
        where T : struct, ILanes<T>
    {
        if (T.IsSingle)
        {
            T single = T.Create(7.853858e-5);
            single = T.FusedMultiplyAdd(single, x, T.Create(-0.0008010192));
            single = T.FusedMultiplyAdd(single, x, T.Create(0.0051883273));
            single = T.FusedMultiplyAdd(single, x, T.Create(-0.026853811));
            single = T.FusedMultiplyAdd(single, x, T.Create(0.112835854));
            single = T.FusedMultiplyAdd(single, x, T.Create(-0.37612626));
            single = T.FusedMultiplyAdd(single, x, T.Create(1.1283791));
            return single;
        }

        T p = T.Create(5.945254923277589e-11);
        p = T.FusedMultiplyAdd(p, x, T.Create(-1.136566164436725e-9));
        p = T.FusedMultiplyAdd(p, x, T.Create(1.4657878650325633e-8));
        p = T.FusedMultiplyAdd(p, x, T.Create(-1.6350025034086767e-7));
        p = T.FusedMultiplyAdd(p, x, T.Create(1.646097279815068e-6));
        p = T.FusedMultiplyAdd(p, x, T.Create(-1.4925593505645053e-5));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.000120553310368449));
        p = T.FusedMultiplyAdd(p, x, T.Create(-0.0008548326978740622));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.005223977624780838));
        p = T.FusedMultiplyAdd(p, x, T.Create(-0.026866170645072893));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.11283791670954857));
        p = T.FusedMultiplyAdd(p, x, T.Create(-0.3761263890318375));
        p = T.FusedMultiplyAdd(p, x, T.Create(1.1283791670955126));
        return p;
    }

    // (1 + 2y) e^(y^2) erfc y with y = 3.75 (1 + x) / (1 - x)
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Outer<T>(T x)
        where T : struct, ILanes<T>
    {
        if (T.IsSingle)
        {
            T single = T.Create(2.0456646e-5);
            single = T.FusedMultiplyAdd(single, x, T.Create(-0.00022393998));
            single = T.FusedMultiplyAdd(single, x, T.Create(0.0003348326));
            single = T.FusedMultiplyAdd(single, x, T.Create(0.0016754459));
            single = T.FusedMultiplyAdd(single, x, T.Create(-0.009775193));
            single = T.FusedMultiplyAdd(single, x, T.Create(0.028409693));
            single = T.FusedMultiplyAdd(single, x, T.Create(-0.05868288));
            single = T.FusedMultiplyAdd(single, x, T.Create(0.09229059));
            single = T.FusedMultiplyAdd(single, x, T.Create(-0.1088058));
            single = T.FusedMultiplyAdd(single, x, T.Create(0.082278445));
            single = T.FusedMultiplyAdd(single, x, T.Create(0.0035855416));
            single = T.FusedMultiplyAdd(single, x, T.Create(-0.14024065));
            single = T.FusedMultiplyAdd(single, x, T.Create(1.2375126));
            return single;
        }

        T p = T.Create(4.128207834524263e-10);
        p = T.FusedMultiplyAdd(p, x, T.Create(3.147430059657701e-10));
        p = T.FusedMultiplyAdd(p, x, T.Create(-5.100787253523398e-9));
        p = T.FusedMultiplyAdd(p, x, T.Create(-3.764767465883439e-9));
        p = T.FusedMultiplyAdd(p, x, T.Create(3.848532201513216e-8));
        p = T.FusedMultiplyAdd(p, x, T.Create(2.3314520831577226e-8));
        p = T.FusedMultiplyAdd(p, x, T.Create(-2.5838549407547523e-7));
        p = T.FusedMultiplyAdd(p, x, T.Create(-5.729033151309819e-8));
        p = T.FusedMultiplyAdd(p, x, T.Create(1.751370679020769e-6));
        p = T.FusedMultiplyAdd(p, x, T.Create(-9.734959636620265e-7));
        p = T.FusedMultiplyAdd(p, x, T.Create(-1.144398015536802e-5));
        p = T.FusedMultiplyAdd(p, x, T.Create(2.238420223119754e-5));
        p = T.FusedMultiplyAdd(p, x, T.Create(5.1649030094115886e-5));
        p = T.FusedMultiplyAdd(p, x, T.Create(-0.00029015406657923674));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.0002937136843113692));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.0017556258495098611));
        p = T.FusedMultiplyAdd(p, x, T.Create(-0.00974657956124998));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.028362277419457068));
        p = T.FusedMultiplyAdd(p, x, T.Create(-0.05869339858931086));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.09230432116033643));
        p = T.FusedMultiplyAdd(p, x, T.Create(-0.10880393014176583));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.08227673849014676));
        p = T.FusedMultiplyAdd(p, x, T.Create(0.003585415485464774));
        p = T.FusedMultiplyAdd(p, x, T.Create(-0.14024059858554697));
        p = T.FusedMultiplyAdd(p, x, T.Create(1.2375126308378275));
        return p;
    }
}
