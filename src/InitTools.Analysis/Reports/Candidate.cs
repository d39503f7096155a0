namespace InitTools.Analysis.Reports;

/// <summary>One initializer on one network, compared or measured: what a page shows of it.</summary>
internal sealed record Candidate
{
    /// <summary>The initializer's expression; those of all layers where they differ.</summary>
    public required string Label { get; init; }

    /// <summary>The place by <see cref="Deviation"/> among those shown together, from 1.</summary>
    public required int Rank { get; init; }

    /// <summary>The verdict on the stack.</summary>
    public required string Verdict { get; init; }

    /// <summary>One sentence with the figure that decided.</summary>
    public required string Reason { get; init; }

    /// <summary>The criterion, as <see cref="InitializerComparison.Deviation"/>.</summary>
    public required double Deviation { get; init; }

    /// <summary>q_1 / E[x^2].</summary>
    public required double FirstLayerFactor { get; init; }

    /// <summary>(q_L/q_1)^(1/(L-1)).</summary>
    public required double ForwardFactor { get; init; }

    /// <summary>(g_1/g_L)^(1/(L-1)).</summary>
    public required double BackwardFactor { get; init; }

    /// <summary>The mean saturated share, or null.</summary>
    public required double? SaturatedFraction { get; init; }

    /// <summary>The share of hidden units that are zero on every row.</summary>
    public required double DeadFraction { get; init; }

    /// <summary>Its layers, first to last.</summary>
    public required IReadOnlyList<LayerPoint> Layers { get; init; }

    /// <summary>How it was trained, or null.</summary>
    public InitializerComparison? Trained { get; init; }

    /// <summary>The layers of the first of its measurements, or none.</summary>
    public IReadOnlyList<LayerVariance> Measured { get; init; } = [];

    /// <summary>Whether no rule of the verdicts applies.</summary>
    public bool IsHealthy => Verdict == nameof(Analysis.Verdict.Healthy);

    /// <summary>A compared candidate.</summary>
    public static Candidate Of(InitializerComparison comparison) => new()
    {
        Label = comparison.Initializer,
        Rank = comparison.Rank,
        Verdict = comparison.Verdict,
        Reason = comparison.Reason,
        Deviation = comparison.Deviation,
        FirstLayerFactor = comparison.FirstLayerFactor,
        ForwardFactor = comparison.ForwardFactor,
        BackwardFactor = comparison.BackwardFactor,
        SaturatedFraction = comparison.SaturatedFraction,
        DeadFraction = comparison.DeadFraction,
        Layers = [.. comparison.LayerCurve().Select(LayerPoint.Of)],
        Trained = comparison.LossCurve().Count > 0 ? comparison : null,
    };

    /// <summary>Measured candidates, ranked as a comparison ranks them; a label's measurements are its seeds.</summary>
    public static IReadOnlyList<Candidate> Of(IReadOnlyList<IReadOnlyList<LayerVariance>> measurements)
    {
        Candidate[] candidates = [.. measurements.GroupBy(LabelOf).Select(seeds => Of(seeds.Key, [.. seeds]))];
        IReadOnlyList<int> ranks = Ranking.Of(
            [.. candidates.Select(candidate => candidate.Deviation)],
            (_, _) => 0);
        return
        [
            .. candidates.Select((candidate, index) => candidate with { Rank = ranks[index] })
                .OrderBy(candidate => candidate.Rank),
        ];
    }

    private static string LabelOf(IReadOnlyList<LayerVariance> layers)
    {
        const int MostShown = 3;
        string[] initializers =
        [
            .. layers.Where(layer => layer.FanIn is not null).Select(layer => layer.Initializer).Distinct(),
        ];
        return string.Join(", ", initializers.Take(MostShown)) + (initializers.Length > MostShown ? ", ..." : "");
    }

    private static Candidate Of(string label, IReadOnlyList<IReadOnlyList<LayerVariance>> seeds)
    {
        var stack = StackFigures.GeometricMean([.. seeds.Select(StackOf)]);
        double first = Factors.GeometricMean(seeds.Select(layers =>
            layers[0].GetProvenance().InputSecondMoment is double input and > 0
                ? layers[0].PreActivationSecondMoment / input
                : 0));
        LayerVariance[] all = [.. seeds.SelectMany(layers => layers)];
        LayerVariance[] hidden = [.. seeds.SelectMany(layers => layers.SkipLast(1))];
        double? saturated = all.Average(layer => layer.SaturatedFraction);
        double dead = hidden.Length == 0
            ? 0
            : (double)hidden.Sum(layer => (long)layer.DeadUnits) / hidden.Sum(layer => (long)layer.UnitCount);
        LayerVariance worst = all.MaxBy(layer => Enum.Parse<Verdict>(layer.Verdict))!;
        return new Candidate
        {
            Label = label,
            Rank = 1,
            Verdict = worst.Verdict,
            Reason = worst.Reason,
            Deviation = Analysis.Deviation.Of(
                stack,
                first,
                saturated,
                dead,
                hidden.Any(layer => layer.UnitCount > 1 && layer.DistinctUnits == 1),
                all.Any(layer => layer.NonFinite > 0)),
            FirstLayerFactor = first,
            ForwardFactor = stack.ForwardFactor,
            BackwardFactor = stack.BackwardFactor,
            SaturatedFraction = saturated,
            DeadFraction = dead,
            Layers =
            [
                .. Enumerable.Range(0, seeds[0].Count).Select(index =>
                    LayerPoint.Of([.. seeds.Select(layers => layers[index])])),
            ],
            Measured = seeds[0],
        };
    }

    // Not finite where a value is not: what the finite ones say is not the layer's.
    private static StackFigures StackOf(IReadOnlyList<LayerVariance> layers)
    {
        LayerVariance[] counted = [.. layers.Where(layer => layer.IsCounted)];
        LayerVariance first = counted.FirstOrDefault() ?? layers[0];
        LayerVariance last = counted.LastOrDefault() ?? layers[^1];
        return new StackFigures(
            counted.Length == 0 ? layers.Count : counted.Length,
            first.NonFinite > 0 ? double.NaN : first.PreActivationSecondMoment,
            last.NonFinite > 0 ? double.NaN : last.PreActivationSecondMoment,
            first.NonFinite > 0 ? double.NaN : first.GradientVariance * first.PositionCount,
            last.NonFinite > 0 ? double.NaN : last.GradientVariance * last.PositionCount);
    }
}
