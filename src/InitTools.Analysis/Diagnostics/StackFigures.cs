namespace InitTools.Analysis;

/// <summary>
/// How second moment and gradient variance go through a stack, from its first layer to its last. Layers count that
/// multiply by weights and that no skip goes round; the others stand between them.
/// </summary>
/// <param name="Depth">Layers, L.</param>
/// <param name="FirstSecondMoment">q_1.</param>
/// <param name="LastSecondMoment">q_L.</param>
/// <param name="FirstGradientVariance">g_1, summed over positions where there are several.</param>
/// <param name="LastGradientVariance">g_L, likewise.</param>
public readonly record struct StackFigures(
    int Depth,
    double FirstSecondMoment,
    double LastSecondMoment,
    double FirstGradientVariance,
    double LastGradientVariance)
{
    /// <summary>The place of the first of them among all layers, from 1.</summary>
    public int FirstLayer { get; init; } = 1;

    /// <summary>The place of the last.</summary>
    public int LastLayer { get; init; } = Depth;

    /// <summary>
    /// The figures of one measured stack; NaN where a value is not finite, as what the finite ones say is not the
    /// layer's.
    /// </summary>
    public static StackFigures Of(IReadOnlyList<LayerFigures> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        LayerFigures[] counted = [.. layers.Where(layer => layer.IsCounted)];
        if (counted.Length == 0)
        {
            counted = [.. layers];
        }

        return new StackFigures(
            counted.Length,
            SecondMoment(counted[0]),
            SecondMoment(counted[^1]),
            GradientVariance(counted[0]),
            GradientVariance(counted[^1]))
        {
            FirstLayer = counted[0].Layer,
            LastLayer = counted[^1].Layer,
        };
    }

    /// <summary>The last of the layers that count; the last of all where none does.</summary>
    public static LayerFigures LastOf(IReadOnlyList<LayerFigures> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return layers.LastOrDefault(layer => layer.IsCounted) ?? layers[^1];
    }

    /// <summary>The geometric means over several stacks of one depth; one zero makes a mean zero.</summary>
    public static StackFigures GeometricMean(IReadOnlyList<StackFigures> stacks)
    {
        ArgumentNullException.ThrowIfNull(stacks);
        return new StackFigures(
            stacks[0].Depth,
            Factors.GeometricMean(stacks.Select(stack => stack.FirstSecondMoment)),
            Factors.GeometricMean(stacks.Select(stack => stack.LastSecondMoment)),
            Factors.GeometricMean(stacks.Select(stack => stack.FirstGradientVariance)),
            Factors.GeometricMean(stacks.Select(stack => stack.LastGradientVariance)))
        {
            FirstLayer = stacks[0].FirstLayer,
            LastLayer = stacks[0].LastLayer,
        };
    }

    /// <summary>ln(q_L/q_1); 0 for one layer, -Infinity where either is zero.</summary>
    public double LogForward => Depth == 1 ? 0 : Factors.LogRatio(LastSecondMoment, FirstSecondMoment);

    /// <summary>ln G, G = g_1/g_L; 0 for one layer, -Infinity where either is zero.</summary>
    public double LogBackward => Depth == 1 ? 0 : Factors.LogRatio(FirstGradientVariance, LastGradientVariance);

    /// <summary>(q_L/q_1)^(1/(L-1)); 1 for one layer.</summary>
    public double ForwardFactor => Factors.PerLayer(LogForward, Depth);

    /// <summary>G^(1/(L-1)); 1 for one layer.</summary>
    public double BackwardFactor => Factors.PerLayer(LogBackward, Depth);

    private static double SecondMoment(LayerFigures layer) =>
        layer.NonFiniteValues > 0 ? double.NaN : layer.SecondMoment;

    private static double GradientVariance(LayerFigures layer) =>
        layer.NonFiniteGradients > 0 ? double.NaN : layer.GradientOfUnit;
}
