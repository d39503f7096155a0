using System.Globalization;

namespace InitTools;

/// <summary>
/// What theory says of an initializer in dense layers of one width without biases, before every activation there is or
/// before one.
/// </summary>
/// <param name="Activations">
/// The activations through which signals and gradients stay within <see cref="InitializerForecast.SoundFactor"/>, by
/// the deviation of their forecasts; none where what the initializer does depends on the width.
/// </param>
/// <param name="Forecast">The forecast before the activation that was asked for, or null.</param>
/// <param name="Reason">The figures of that activation in a sentence, else those of <see cref="Activations"/>.</param>
public sealed record InitializerOutlook(
    IReadOnlyList<Activation> Activations, InitializerForecast? Forecast, string Reason)
{
    // Finer differences say nothing of layers of any width, and leave the order to names.
    private const int OrderDigits = 2;

    /// <summary>The outlook of an initializer with the same n Var(w) at every width n.</summary>
    /// <param name="weightVariance">fan_in Var(w).</param>
    /// <param name="depth">The number of layers.</param>
    internal static InitializerOutlook Of(double weightVariance, int depth)
    {
        (Activation Activation, InitializerForecast Forecast)[] sound =
        [
            .. Activation.All
                .Select(activation => (activation, InitializerForecast.Of(activation, weightVariance, depth)))
                .Where(pair => pair.Item2.IsSound)
                .OrderBy(pair => Math.Round(pair.Item2.Deviation, OrderDigits)),
        ];
        string figures = sound.Length == 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"behind no activation do signals and gradients stay within a factor of "
                + $"{InitializerForecast.SoundFactor} through {depth} layers")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"through {depth} layers signals of second moment 1 become q, and gradients are multiplied by G: "
                + $"{string.Join("; ", sound.Select(pair => FiguresOf(pair.Activation, pair.Forecast)))}");
        return new InitializerOutlook(
            [.. sound.Select(pair => pair.Activation)],
            null,
            string.Create(CultureInfo.InvariantCulture, $"n Var(w) = {weightVariance:G4}: {figures}."));
    }

    /// <summary>The outlook of an initializer whose n Var(w) changes with the width n.</summary>
    /// <param name="widths">Two widths and fan_in Var(w) there.</param>
    internal static InitializerOutlook OfWidths(params (long Width, double WeightVariance)[] widths) => new(
        [],
        null,
        $"It depends on the width: {string.Join(", ", widths.Select(at => string.Create(
            CultureInfo.InvariantCulture, $"n Var(w) = {at.WeightVariance:G4} at n = {at.Width}")))}.");

    private static string FiguresOf(Activation activation, InitializerForecast forecast) => string.Create(
        CultureInfo.InvariantCulture,
        $"{activation} q = {forecast.SecondMoment:G3}, G = {forecast.GradientFactor:G3}")
        + (activation.DepthWarning is null ? "" : " (not stable with depth)");
}
