namespace InitTools.Analysis;

/// <summary>
/// One layer of one candidate of a comparison, over all seeds. Every property is a number or short text; an empty one
/// (null) does not apply.
/// </summary>
public sealed class LayerComparison
{
    private LayerComparison()
    {
    }

    /// <summary>The candidate's expression.</summary>
    public string Initializer { get; private init; } = "";

    /// <summary>The layer's place in the stack, from 1.</summary>
    public int Layer { get; private init; }

    /// <summary>The layer's name.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Units of the layer; the channels of one with positions.</summary>
    public int UnitCount { get; private init; }

    /// <summary>
    /// q, the second moment of the pre-activations: the geometric mean over the seeds; NaN where one is.
    /// </summary>
    public double SecondMoment { get; private init; }

    /// <summary>The lowest q of a seed.</summary>
    public double LowestSecondMoment { get; private init; }

    /// <summary>The highest q of a seed.</summary>
    public double HighestSecondMoment { get; private init; }

    /// <summary>
    /// q as the infinite-width theory has it for the seeds' mean E[x^2]; empty where the theory does not apply.
    /// </summary>
    public double? ExpectedSecondMoment { get; private init; }

    /// <summary>
    /// The variance of the gradient with respect to the pre-activations over the last layer's: the geometric mean over
    /// the seeds; empty where that of some seed's last layer is zero or not finite.
    /// </summary>
    public double? GradientRatio { get; private init; }

    /// <summary>The lowest ratio of a seed.</summary>
    public double? LowestGradientRatio { get; private init; }

    /// <summary>The highest ratio of a seed.</summary>
    public double? HighestGradientRatio { get; private init; }

    /// <summary>The ratio that the infinite-width theory has; empty where the theory does not apply.</summary>
    public double? ExpectedGradientFactor { get; private init; }

    /// <summary>The mean saturated share; empty for activations without bounds.</summary>
    public double? SaturatedFraction { get; private init; }

    /// <summary>The mean number of units that are zero on every row.</summary>
    public double DeadUnits { get; private init; }

    /// <summary>
    /// The smallest number of distinct units with any seed; empty for a layer without weights that connect units.
    /// </summary>
    public int? DistinctUnits { get; private init; }

    /// <summary>
    /// What a candidate's runs came to, layer by layer; made when it is asked for, as theory takes integrals.
    /// </summary>
    internal static Lazy<LayerComparison[]> Defer(
        Initializer candidate,
        IReadOnlyList<CandidateRun> runs,
        IReadOnlyList<LayerTensors> layers,
        StackTheory? theory)
    {
        IReadOnlyList<LayerFigures>[] figures = [.. runs.Select(run => run.Layers)];
        return new Lazy<LayerComparison[]>(() =>
        {
            IReadOnlyList<LayerPrediction>? expected = theory is null
                ? null
                : SignalPropagation.Predict(theory.Layers, theory.InputSecondMoment);
            return [.. layers.Select((layer, index) => Of(candidate, layer, figures, index, expected?[index]))];
        });
    }

    private static LayerComparison Of(
        Initializer candidate,
        LayerTensors layer,
        IReadOnlyList<LayerFigures>[] runs,
        int index,
        LayerPrediction? expected)
    {
        LayerFigures[] figures = [.. runs.Select(run => run[index])];
        double[] moments =
        [
            .. figures.Select(figure => figure.NonFiniteValues > 0 ? double.NaN : figure.SecondMoment),
        ];
        double[]? ratios = Ratios(runs, index);
        return new LayerComparison
        {
            Initializer = candidate.ToString(),
            Layer = index + 1,
            Name = layer.Name,
            UnitCount = figures[0].UnitCount,
            SecondMoment = Factors.GeometricMean(moments),
            LowestSecondMoment = moments.Min(),
            HighestSecondMoment = moments.Any(double.IsNaN) ? double.NaN : moments.Max(),
            ExpectedSecondMoment = expected?.PreActivationSecondMoment,
            GradientRatio = ratios is null ? null : Factors.GeometricMean(ratios),
            LowestGradientRatio = ratios?.Min(),
            HighestGradientRatio = ratios?.Max(),
            ExpectedGradientFactor = expected?.GradientRatio,
            SaturatedFraction = figures.Average(figure => figure.SaturatedFraction),
            DeadUnits = figures.Average(figure => (double)figure.DeadUnits),
            DistinctUnits = figures.Min(figure => figure.DistinctUnits),
        };
    }

    private static double[]? Ratios(IReadOnlyList<LayerFigures>[] runs, int index)
    {
        double[] ratios =
        [
            .. runs.Select(run =>
            {
                LayerFigures last = StackFigures.LastOf(run);
                return run[index].NonFiniteGradients > 0 || last.NonFiniteGradients > 0
                    ? double.NaN
                    : run[index].GradientOfUnit / last.GradientOfUnit;
            }),
        ];
        return ratios.All(double.IsFinite) ? ratios : null;
    }
}
