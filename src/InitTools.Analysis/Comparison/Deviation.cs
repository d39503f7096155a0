namespace InitTools.Analysis;

/// <summary>The criterion by which initializers are ranked, and nothing else.</summary>
public static class Deviation
{
    /// <summary>
    /// |ln forward| + |ln backward| + |ln first|/L + saturated + dead: how far a stack is from handing on the size of
    /// signals and gradients unchanged, with all units at work. 0 is perfect, lower is better; Infinity where units are
    /// symmetric, where a value is not finite or where nothing passes. Never NaN, so that sorting is safe.
    /// </summary>
    /// <param name="stack">q and g of first and last layer; forward and backward are its factors per layer.</param>
    /// <param name="firstLayerFactor">first = q_1 / E[x^2].</param>
    /// <param name="saturatedFraction">The mean saturated share of bounded layers, or null without any.</param>
    /// <param name="deadFraction">The share of hidden units that are dead.</param>
    /// <param name="symmetric">Whether some hidden layer is symmetric.</param>
    /// <param name="nonFinite">Whether some value is NaN or infinite.</param>
    /// <param name="weights">How much each part counts; null is 1 each.</param>
    public static double Of(
        StackFigures stack,
        double firstLayerFactor,
        double? saturatedFraction,
        double deadFraction,
        bool symmetric,
        bool nonFinite,
        DeviationWeights? weights = null)
    {
        if (symmetric || nonFinite)
        {
            return double.PositiveInfinity;
        }

        int steps = Math.Max(stack.Depth - 1, 1);
        weights ??= DeviationWeights.Default;
        double deviation = Weigh(weights.Forward, Math.Abs(stack.LogForward) / steps)
            + Weigh(weights.Backward, Math.Abs(stack.LogBackward) / steps)
            + Weigh(weights.FirstLayer, Math.Abs(Factors.LogRatio(firstLayerFactor, 1)) / stack.Depth)
            + Weigh(weights.Saturated, saturatedFraction ?? 0)
            + Weigh(weights.Dead, deadFraction);

        // Second moments beyond the range of doubles leave infinity over infinity.
        return double.IsNaN(deviation) ? double.PositiveInfinity : deviation;
    }

    // A part that does not count may be infinite.
    private static double Weigh(double weight, double part) => weight == 0 ? 0 : weight * part;
}
