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
    public static double Of(
        StackFigures stack,
        double firstLayerFactor,
        double? saturatedFraction,
        double deadFraction,
        bool symmetric,
        bool nonFinite)
    {
        if (symmetric || nonFinite)
        {
            return double.PositiveInfinity;
        }

        int steps = Math.Max(stack.Depth - 1, 1);
        double deviation = Math.Abs(stack.LogForward) / steps
            + Math.Abs(stack.LogBackward) / steps
            + Math.Abs(Factors.LogRatio(firstLayerFactor, 1)) / stack.Depth
            + (saturatedFraction ?? 0)
            + deadFraction;

        // Second moments beyond the range of doubles leave infinity over infinity.
        return double.IsNaN(deviation) ? double.PositiveInfinity : deviation;
    }

    /// <summary>
    /// The places of deviations, from 1: one more than the number of smaller ones, so that equal ones share a place.
    /// </summary>
    public static IReadOnlyList<int> Rank(IReadOnlyList<double> deviations)
    {
        ArgumentNullException.ThrowIfNull(deviations);
        return [.. deviations.Select(deviation => 1 + deviations.Count(other => other < deviation))];
    }
}
