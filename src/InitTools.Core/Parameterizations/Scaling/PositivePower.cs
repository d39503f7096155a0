using InitTools.Kernels;

namespace InitTools;

/// <summary>Powers of positive numbers, the same bits on every machine.</summary>
internal static class PositivePower
{
    /// <summary>x^exponent, rounded to 12 significant digits.</summary>
    public static double Of(double x, double exponent) =>
        SignificantDigits.Round(DeterministicMath.Exp(exponent * DeterministicMath.Log(x)));
}
