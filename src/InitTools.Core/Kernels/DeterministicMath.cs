using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels;

/// <summary>
/// Elementary functions that give the same bits on every machine, for everything on the path to a reported figure.
/// <see cref="Math"/> has no such promise: its logarithms, exponentials and circular functions come from the
/// platform's C library. One number at a time; formulas, sources and error bounds stand with each function in
/// Kernels/Elementary. Square roots need no counterpart here: <see cref="Math.Sqrt"/> is exactly rounded everywhere.
/// </summary>
public static class DeterministicMath
{
    /// <summary>The natural logarithm; -infinity at 0, NaN below.</summary>
    public static double Log(double x) =>
        ScalarDouble.ToElement(Elementary.Log.Evaluate(ScalarDouble.Broadcast(x)));

    /// <summary>The natural logarithm; -infinity at 0, NaN below.</summary>
    public static float Log(float x) =>
        ScalarSingle.ToElement(Elementary.Log.Evaluate(ScalarSingle.Broadcast(x)));

    /// <summary>ln(1 + x), exact to the last place for small x too.</summary>
    public static double Log1p(double x) =>
        ScalarDouble.ToElement(Elementary.Log1p.Evaluate(ScalarDouble.Broadcast(x)));

    /// <summary>ln(1 + x), exact to the last place for small x too.</summary>
    public static float Log1p(float x) =>
        ScalarSingle.ToElement(Elementary.Log1p.Evaluate(ScalarSingle.Broadcast(x)));

    /// <summary>e^x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Exp(double x) =>
        ScalarDouble.ToElement(Elementary.Exp.Evaluate(ScalarDouble.Broadcast(x)));

    /// <summary>e^x.</summary>
    public static float Exp(float x) =>
        ScalarSingle.ToElement(Elementary.Exp.Evaluate(ScalarSingle.Broadcast(x)));

    /// <summary>e^x - 1, exact to the last place for small x too.</summary>
    public static double Expm1(double x) =>
        ScalarDouble.ToElement(Elementary.Expm1.Evaluate(ScalarDouble.Broadcast(x)));

    /// <summary>e^x - 1, exact to the last place for small x too.</summary>
    public static float Expm1(float x) =>
        ScalarSingle.ToElement(Elementary.Expm1.Evaluate(ScalarSingle.Broadcast(x)));

    /// <summary>sin x in radians, |x| up to 10^8 (float32: 10^4), NaN beyond.</summary>
    public static double Sin(double x) =>
        ScalarDouble.ToElement(Elementary.SinCos.Sin(ScalarDouble.Broadcast(x)));

    /// <summary>sin x in radians, |x| up to 10^8 (float32: 10^4), NaN beyond.</summary>
    public static float Sin(float x) =>
        ScalarSingle.ToElement(Elementary.SinCos.Sin(ScalarSingle.Broadcast(x)));

    /// <summary>cos x in radians, |x| up to 10^8 (float32: 10^4), NaN beyond.</summary>
    public static double Cos(double x) =>
        ScalarDouble.ToElement(Elementary.SinCos.Cos(ScalarDouble.Broadcast(x)));

    /// <summary>cos x in radians, |x| up to 10^8 (float32: 10^4), NaN beyond.</summary>
    public static float Cos(float x) =>
        ScalarSingle.ToElement(Elementary.SinCos.Cos(ScalarSingle.Broadcast(x)));

    /// <summary>The hyperbolic tangent.</summary>
    public static double Tanh(double x) =>
        ScalarDouble.ToElement(Elementary.Tanh.Evaluate(ScalarDouble.Broadcast(x)));

    /// <summary>The hyperbolic tangent.</summary>
    public static float Tanh(float x) =>
        ScalarSingle.ToElement(Elementary.Tanh.Evaluate(ScalarSingle.Broadcast(x)));

    /// <summary>The error function.</summary>
    public static double Erf(double x) =>
        ScalarDouble.ToElement(Elementary.Erf.Evaluate(ScalarDouble.Broadcast(x)));

    /// <summary>The error function.</summary>
    public static float Erf(float x) =>
        ScalarSingle.ToElement(Elementary.Erf.Evaluate(ScalarSingle.Broadcast(x)));

    /// <summary>The complementary error function 1 - erf x, small results in full relative precision.</summary>
    public static double Erfc(double x) =>
        ScalarDouble.ToElement(Elementary.Erf.Complement(ScalarDouble.Broadcast(x)));

    /// <summary>The complementary error function 1 - erf x, small results in full relative precision.</summary>
    public static float Erfc(float x) =>
        ScalarSingle.ToElement(Elementary.Erf.Complement(ScalarSingle.Broadcast(x)));

    /// <summary>P(Z &lt;= x) of the standard normal law.</summary>
    public static double NormalDistribution(double x) =>
        ScalarDouble.ToElement(Elementary.NormalCumulative.Evaluate(ScalarDouble.Broadcast(x)));

    /// <summary>P(Z &lt;= x) of the standard normal law.</summary>
    public static float NormalDistribution(float x) =>
        ScalarSingle.ToElement(Elementary.NormalCumulative.Evaluate(ScalarSingle.Broadcast(x)));

    /// <summary>The quantile of the standard normal law; infinite at 0 and 1, NaN outside.</summary>
    public static double InverseNormal(double probability) =>
        ScalarDouble.ToElement(Elementary.InverseNormal.Evaluate(ScalarDouble.Broadcast(probability)));

    /// <summary>The quantile of the standard normal law; infinite at 0 and 1, NaN outside.</summary>
    public static float InverseNormal(float probability) =>
        ScalarSingle.ToElement(Elementary.InverseNormal.Evaluate(ScalarSingle.Broadcast(probability)));
}
