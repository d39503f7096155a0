using System.Globalization;

namespace InitTools;

/// <summary>The gains that an activation implies at unit variance: z ~ N(0, 1).</summary>
internal static class ActivationGains
{
    /// <summary>1/sqrt(E[phi(z)^2]), rounded to 12 significant digits.</summary>
    public static double Forward(Activation activation) =>
        SignificantDigits.Round(1 / Math.Sqrt(GaussianExpectation.SecondMoment(activation, 0, 1)));

    /// <summary>1/sqrt(E[phi'(z)^2]), rounded to 12 significant digits.</summary>
    public static double Backward(Activation activation) =>
        SignificantDigits.Round(1 / Math.Sqrt(GaussianExpectation.DerivativeSecondMoment(activation, 0, 1)));

    /// <summary>
    /// dq'/dq at q = 1 with the forward gain: the factor by which a deviation from unit variance grows per layer.
    /// Rounded to 12 significant digits.
    /// </summary>
    public static double ForwardSlope(Activation activation) => SignificantDigits.Round(
        new VarianceMap(activation, activation.ForwardGain * activation.ForwardGain).Slope(1));

    /// <summary>What depth does to the forward gain, where it is unstable; null where it is not.</summary>
    public static string? DepthWarning(Activation activation) => activation.ForwardSlope <= 1 + 1e-9
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{activation}: the gain {activation.ForwardGain:G6} keeps unit variance, but not stably: a deviation "
            + $"grows {activation.ForwardSlope:G4} times per layer, {PositivePower.Of(activation.ForwardSlope, 30):G3} "
            + $"times in 30.");
}
