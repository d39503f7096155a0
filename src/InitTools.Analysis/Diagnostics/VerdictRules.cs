using System.Globalization;
using InitTools.Kernels;
using static InitTools.Analysis.Wording;

namespace InitTools.Analysis;

/// <summary>
/// Every rule by which a measured stack is judged, and nothing else. Where several hold, the most severe is the
/// verdict: NonFinite, Symmetric, Dead, Exploding, Vanishing, Saturated, Healthy, in this order.
/// </summary>
/// <remarks>
/// <para>NonFinite, Exploding and Vanishing are verdicts of the stack and stand on every row; Symmetric, Dead and
/// Saturated stand on the rows they hold for.</para>
/// <para>q_l is the second moment of layer l's pre-activations, g_l the variance of the gradient with respect to them,
/// G = g_1/g_L, and L the depth. Layers that only flatten, pool or normalize, and those that a skip goes round, do not
/// count among them. Where layers have positions, g is summed over them, as a pool or a stride spreads the gradient
/// of one over several.</para>
/// </remarks>
public static class VerdictRules
{
    /// <summary>Judges every layer of a stack.</summary>
    /// <param name="layers">The layers, first to last; the last one is the output layer.</param>
    /// <param name="thresholds">What to compare with.</param>
    /// <param name="rawDataSecondMoment">
    /// E[x^2] of data that were not standardized where the first activation is bounded, so that reasons can say that
    /// q_1 is the data's; null otherwise.
    /// </param>
    /// <param name="theory">What names the cause in a reason, or null for reasons without causes.</param>
    /// <returns>A judgement for each layer.</returns>
    public static IReadOnlyList<Judgement> Judge(
        IReadOnlyList<LayerFigures> layers,
        VerdictThresholds thresholds,
        double? rawDataSecondMoment = null,
        StackTheory? theory = null)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(thresholds);
        StackFigures stack = StackFigures.Of(layers);
        Finding? nonFinite = NonFinite(layers, theory);
        Finding? drift = Drift(stack, thresholds, theory);
        return
        [
            .. layers.Select(layer =>
            {
                bool isHidden = layer.Layer < stack.LastLayer;
                Finding finding = nonFinite
                    ?? Symmetric(layer, isHidden, theory)
                    ?? Dead(layer, isHidden, thresholds)
                    ?? drift
                    ?? Saturated(layer, thresholds, theory)
                    ?? Healthy(stack);
                return Conclude(finding, rawDataSecondMoment);
            }),
        ];
    }

    /// <summary>
    /// Judges one initializer by several runs with other seeds: NonFinite and Symmetric where any run is; Dead and
    /// Saturated where some layer is in more than half of the runs; Exploding and Vanishing by the geometric means of
    /// q and g over the runs.
    /// </summary>
    /// <param name="runs">The layers of each run.</param>
    /// <param name="thresholds">What to compare with.</param>
    /// <param name="rawDataSecondMoment">As for <see cref="Judge"/>.</param>
    /// <param name="theory">As for <see cref="Judge"/>.</param>
    public static Judgement JudgeRuns(
        IReadOnlyList<IReadOnlyList<LayerFigures>> runs,
        VerdictThresholds thresholds,
        double? rawDataSecondMoment = null,
        StackTheory? theory = null)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(thresholds);
        StackFigures stack = StackFigures.GeometricMean([.. runs.Select(StackFigures.Of)]);
        int majority = runs.Count / 2 + 1;
        Finding finding = InRuns(runs, 1, layers => NonFinite(layers, theory))
            ?? InRuns(runs, 1, layers => First(layers, (layer, hidden) => Symmetric(layer, hidden, theory)))
            ?? InRuns(runs, majority, layers => First(layers, (layer, hidden) => Dead(layer, hidden, thresholds)))
            ?? Drift(stack, thresholds, theory)
            ?? InRuns(runs, majority, layers => First(layers, (layer, _) => Saturated(layer, thresholds, theory)))
            ?? Healthy(stack);
        return Conclude(finding, rawDataSecondMoment);
    }

    /// <summary>
    /// Whether all units of a hidden layer of two units or more have the same incoming weights and bias, to the last
    /// bit.
    /// </summary>
    public static bool IsSymmetric(LayerFigures hiddenLayer)
    {
        ArgumentNullException.ThrowIfNull(hiddenLayer);
        return hiddenLayer.UnitCount > 1 && hiddenLayer.DistinctUnits == 1;
    }

    /// <summary>
    /// The layer where a value first is NaN or infinite: the first of the stack on the way forwards, or else the last,
    /// where gradients come from; null where all are finite.
    /// </summary>
    public static LayerFigures? FindFirstNonFinite(IReadOnlyList<LayerFigures> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return layers.FirstOrDefault(layer => layer.NonFiniteValues > 0)
            ?? layers.LastOrDefault(layer => layer.NonFiniteGradients > 0);
    }

    /// <summary>NonFinite: some value or gradient of the stack is NaN or infinite.</summary>
    private static Finding? NonFinite(
        IReadOnlyList<LayerFigures> layers,
        StackTheory? theory) => FindFirstNonFinite(layers) switch
        {
            null => null,
            { NonFiniteValues: > 0 } layer => new Finding(
                Verdict.NonFinite,
                $"{layer.NonFiniteValues} values of {Place(layer)} are NaN or infinite" +
                GrowthBefore(layers, layer, theory)),
            { } layer => new Finding(
                Verdict.NonFinite,
                $"{layer.NonFiniteGradients} gradients at {Place(layer)} are NaN or infinite"),
        };

    /// <summary>
    /// Symmetric: <see cref="IsSymmetric"/>. Output layers are exempt: their units are told apart by their targets.
    /// </summary>
    private static Finding? Symmetric(LayerFigures layer, bool isHidden, StackTheory? theory)
    {
        if (!isHidden || !IsSymmetric(layer))
        {
            return null;
        }

        string consequence = layer.DistinctGradients == 1
            ? "compute one function and receive one gradient, so that no training step tells them apart"
            : "compute one function; only their gradients, which differ, can tell them apart";
        string cause = theory?.FindConstant(layer.Layer) is double constant
            ? $"; all weights are {Text(constant)}"
            : "";
        return new Finding(
            Verdict.Symmetric,
            $"All {layer.UnitCount} units of {Place(layer)} are the same to the last bit: they {consequence}{cause}");
    }

    /// <summary>Dead: every unit of a hidden layer is zero over a batch of two rows or more.</summary>
    private static Finding? Dead(LayerFigures layer, bool isHidden, VerdictThresholds thresholds) =>
        isHidden && layer.RowCount >= thresholds.DeadRows && layer.DeadUnits == layer.UnitCount
            ? new Finding(
                Verdict.Dead,
                $"All {layer.UnitCount} units of {Place(layer)} are zero on all {layer.RowCount} rows, so that " +
                "nothing passes through it" +
                (layer.LargestPreActivation is double largest ? $": no pre-activation is above {Text(largest)}" : ""))
            : null;

    /// <summary>
    /// Exploding or Vanishing: |ln(q_L/q_1)| or |ln G| exceeds the logarithm of the stack's factor, or its mean per
    /// layer that of the layer's factor. A zero among the four figures is Vanishing. One layer has no ratio.
    /// </summary>
    private static Finding? Drift(StackFigures stack, VerdictThresholds thresholds, StackTheory? theory)
    {
        if (stack.Depth == 1)
        {
            return null;
        }

        double limit = Math.Min(
            DeterministicMath.Log(thresholds.StackFactor),
            (stack.Depth - 1) * DeterministicMath.Log(thresholds.LayerFactor));
        double forward = stack.LogForward;
        double backward = stack.LogBackward;
        if (Math.Max(forward, backward) > limit)
        {
            return forward > backward
                ? SignalDrift(stack, Verdict.Exploding, theory)
                : GradientDrift(stack, Verdict.Exploding, theory);
        }

        if (Math.Min(forward, backward) < -limit)
        {
            // Where both are zero, it is for want of a signal that there is no gradient.
            return forward <= backward
                ? SignalDrift(stack, Verdict.Vanishing, theory)
                : GradientDrift(stack, Verdict.Vanishing, theory);
        }

        return null;
    }

    /// <summary>Saturated: more than the threshold's share of a bounded layer's entries sits at the bounds.</summary>
    private static Finding? Saturated(
        LayerFigures layer,
        VerdictThresholds thresholds,
        StackTheory? theory) =>
        layer.SaturatedFraction > thresholds.SaturatedFraction
            ? new Finding(
                Verdict.Saturated,
                $"{Percent(layer.SaturatedFraction.Value)} of the entries of {Place(layer)} are saturated: its " +
                $"pre-activations have the second moment {Text(layer.SecondMoment)}" +
                Because(theory?.DescribeWeights(layer.Layer)))
            : null;

    private static Finding Healthy(StackFigures stack) => new(
        Verdict.Healthy,
        stack.Depth == 1
            ? $"One layer of second moment {Text(stack.FirstSecondMoment)} has no ratio, and no other rule applies"
            : $"Per layer, second moment changes by the factor {Text(stack.ForwardFactor)} and gradient variance by " +
              $"{Text(stack.BackwardFactor)}");

    private static Finding SignalDrift(StackFigures stack, Verdict verdict, StackTheory? theory)
    {
        if (stack.FirstSecondMoment == 0 || stack.LastSecondMoment == 0)
        {
            int zero = stack.FirstSecondMoment == 0 ? stack.FirstLayer : stack.LastLayer;
            return new Finding(
                verdict,
                $"Signals vanish: the second moment of layer {zero}'s pre-activations is exactly 0");
        }

        (string what, string change) = verdict == Verdict.Exploding ? ("explode", "grows") : ("vanish", "falls");
        return new Finding(
            verdict,
            $"Signals {what}: second moment {change} by the factor {Text(stack.ForwardFactor)} per layer, to " +
            $"{RatioText(stack.LogForward)} of the first layer's at layer {stack.LastLayer}" +
            Because(theory?.ExplainSignal(stack.LogForward)));
    }

    private static Finding GradientDrift(StackFigures stack, Verdict verdict, StackTheory? theory)
    {
        if (stack.FirstGradientVariance == 0 || stack.LastGradientVariance == 0)
        {
            int zero = stack.LastGradientVariance == 0 ? stack.LastLayer : stack.FirstLayer;
            return new Finding(verdict, $"Gradients vanish: the variance at layer {zero} is exactly 0");
        }

        (string what, string change) = verdict == Verdict.Exploding ? ("explode", "grows") : ("vanish", "falls");
        return new Finding(
            verdict,
            $"Gradients {what}: variance {change} by the factor {Text(stack.BackwardFactor)} per layer, to " +
            $"{RatioText(stack.LogBackward)} of the output layer's at layer {stack.FirstLayer}" +
            Because(theory?.ExplainGradient(stack.LogBackward)));
    }

    /// <summary>The growth that led to the first layer with values that are not finite.</summary>
    private static string GrowthBefore(
        IReadOnlyList<LayerFigures> layers,
        LayerFigures failing,
        StackTheory? theory)
    {
        LayerFigures[] before = [.. layers.TakeWhile(layer => layer != failing)];
        if (before.Count(layer => layer.IsCounted) < 2)
        {
            return "";
        }

        StackFigures stack = StackFigures.Of(before);
        return $", after the second moment changed by the factor {Text(stack.ForwardFactor)} per layer, to " +
            $"{Text(stack.LastSecondMoment)} at layer {stack.LastLayer}" +
            Because((theory is null ? null : theory with { Layers = [.. theory.Layers.Take(before.Length)] })
                ?.ExplainSignal(stack.LogForward));
    }

    private static string Because(string? cause) => cause is null ? "" : $": {cause}";

    /// <summary>The first run's finding, where a rule holds in at least so many runs; it says in how many.</summary>
    private static Finding? InRuns(
        IReadOnlyList<IReadOnlyList<LayerFigures>> runs,
        int least,
        Func<IReadOnlyList<LayerFigures>, Finding?> rule)
    {
        Finding[] findings = [.. runs.Select(rule).OfType<Finding>()];
        if (findings.Length < least)
        {
            return null;
        }

        return runs.Count == 1
            ? findings[0]
            : findings[0] with { Sentence = $"{findings[0].Sentence} (in {findings.Length} of {runs.Count} seeds)" };
    }

    private static Finding? First(IReadOnlyList<LayerFigures> layers, Func<LayerFigures, bool, Finding?> rule)
    {
        int last = StackFigures.Of(layers).LastLayer;
        return layers.Select(layer => rule(layer, layer.Layer < last)).FirstOrDefault(finding => finding is not null);
    }

    private static Judgement Conclude(Finding finding, double? rawDataSecondMoment)
    {
        bool isOfTheData = rawDataSecondMoment is not null
            && finding.Verdict is Verdict.Saturated or Verdict.Vanishing or Verdict.Exploding;
        string data = isOfTheData
            ? $"; q_1 is the data's, which were not standardized (E[x^2] = {Text(rawDataSecondMoment!.Value)})"
            : "";
        return new Judgement(finding.Verdict, $"{finding.Sentence}{data}.");
    }

    private static string Place(LayerFigures layer) =>
        layer.Name == LayerSpec.DefaultName(layer.Layer) || layer.Name.Length == 0
            ? string.Create(CultureInfo.InvariantCulture, $"layer {layer.Layer}")
            : string.Create(CultureInfo.InvariantCulture, $"layer {layer.Layer} '{layer.Name}'");

    private static string RatioText(double logRatio)
    {
        // The ratio itself may lie outside a double's range.
        double exponent = logRatio / DeterministicMath.Log(10);
        return Math.Abs(exponent) < 300
            ? Text(DeterministicMath.Exp(logRatio))
            : string.Create(CultureInfo.InvariantCulture, $"10^{exponent:0}");
    }

    private sealed record Finding(Verdict Verdict, string Sentence);
}
