using System.Globalization;
using InitTools.Kernels;

namespace InitTools;

/// <summary>
/// What theory says of an initializer before an activation: layers of one width, no biases, inputs of second moment 1
/// (Poole 2016, Schoenholz 2017).
/// </summary>
/// <param name="SecondMoment">q of the last layer's pre-activations.</param>
/// <param name="GradientFactor">
/// The product of chi over all layers: the variance of the gradient at the input over that behind the last layer.
/// </param>
/// <param name="Deviation">|ln q| + |ln G|: 0 is perfect; infinite where one of them is 0 or is not finite.</param>
/// <param name="Reason">
/// The figures in a sentence, with a second one where the activation's gain is unstable with depth.
/// </param>
public sealed record InitializerForecast(
    double SecondMoment, double GradientFactor, double Deviation, string Reason)
{
    /// <summary>The factor by which signal or gradient may change over a sound stack, as in the verdicts.</summary>
    public const double SoundFactor = 100;

    /// <summary>True where neither signal nor gradient change by more than <see cref="SoundFactor"/>.</summary>
    public bool IsSound => IsWithin(SecondMoment) && IsWithin(GradientFactor);

    /// <summary>The forecast.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="weightVariance">fan_in Var(w).</param>
    /// <param name="depth">The number of layers, 1 or more.</param>
    public static InitializerForecast Of(Activation activation, double weightVariance, int depth)
    {
        ArgumentNullException.ThrowIfNull(activation);
        VarianceMap map = new(activation, weightVariance);
        double moment = weightVariance;
        double chi = map.Chi(moment);
        double gradient = chi;
        bool isFixed = false;
        for (int layer = 2; layer <= depth && double.IsFinite(moment) && double.IsFinite(gradient); layer++)
        {
            if (!isFixed)
            {
                // Both are integrals; where the map stands still, so do they.
                double next = map.Next(moment);
                isFixed = next == moment;
                moment = next;
                chi = isFixed ? chi : double.IsFinite(moment) ? map.Chi(moment) : double.NaN;
            }

            gradient *= chi;
        }

        bool isFinite = moment > 0 && gradient > 0 && double.IsFinite(moment) && double.IsFinite(gradient);
        double deviation = isFinite
            ? Math.Abs(DeterministicMath.Log(moment)) + Math.Abs(DeterministicMath.Log(gradient))
            : double.PositiveInfinity;
        string reason = string.Create(
            CultureInfo.InvariantCulture,
            $"n Var(w) = {weightVariance:G4}: through {depth} layers of {activation} signals of second moment 1 become "
            + $"{moment:G4}, and gradients are multiplied by {gradient:G4}.{Behind(activation.DepthWarning)}");
        return new InitializerForecast(moment, gradient, deviation, reason);
    }

    private static bool IsWithin(double factor) => factor is >= 1 / SoundFactor and <= SoundFactor;

    private static string Behind(string? sentence) => sentence is null ? "" : $" {sentence}";
}
