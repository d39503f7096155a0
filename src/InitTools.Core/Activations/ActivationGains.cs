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
}
