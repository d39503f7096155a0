using System.Globalization;
using InitTools.Kernels;

namespace InitTools.Analysis;

/// <summary>
/// What the theory of wide layers says of a stack's drift, so that a verdict's reason can name the cause: which
/// activation with which gain, and which gain would keep more. The gain is sigma_w = sqrt(fan_in Var(w)).
/// </summary>
/// <param name="Layers">The layers' laws, first to last.</param>
/// <param name="InputSecondMoment">E[x^2] of the batch.</param>
public sealed record StackTheory(IReadOnlyList<LayerLaw> Layers, double InputSecondMoment)
{
    // A cause is named where theory has at least this share of the measured logarithm, and advice given where it
    // leaves at most this share of it.
    private const double Share = 0.5;

    // Gains that agree to this factor are printed as one.
    private const double OneGain = 1.1;

    /// <summary>
    /// Why the second moment drifts: <c>tanh with gain 0.577; gain 1 keeps 0.91 per layer</c>; null where theory does
    /// not apply or does not explain the drift.
    /// </summary>
    /// <param name="logFactor">The measured ln(q_L/q_1).</param>
    public string? ExplainSignal(double logFactor) => Explain(logFactor, stack => stack.Signal);

    /// <summary>Why the variance of gradients drifts; see <see cref="ExplainSignal"/>.</summary>
    /// <param name="logFactor">The measured ln(g_1/g_L).</param>
    public string? ExplainGradient(double logFactor) => Explain(logFactor, stack => stack.Gradient);

    /// <summary>
    /// What a layer's weights are where that sets the size of its pre-activations: <c>weights of variance 1 over 250
    /// inputs have gain 15.8</c>; null for weights with a mean.
    /// </summary>
    /// <param name="layer">The layer's place, from 1.</param>
    public string? DescribeWeights(int layer)
    {
        LayerLaw law = Layers[layer - 1];
        return law.WeightMean == 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"weights of variance {law.WeightVariance:g3} over {law.FanIn} inputs have gain {GainOf(law):g3}")
            : null;
    }

    /// <summary>The number that all weights of a layer are, or null where they are not one constant.</summary>
    /// <param name="layer">The layer's place, from 1.</param>
    public double? FindConstant(int layer) =>
        Layers[layer - 1] is { WeightVariance: 0 } law ? law.WeightMean : null;

    private static double GainOf(LayerLaw layer) => Math.Sqrt(layer.FanIn * layer.WeightVariance);

    private string? Explain(double logFactor, Func<Drift, double> figure)
    {
        if (Layers.Count < 2 || Predict(Layers) is not Drift present)
        {
            return null;
        }

        double expected = figure(present);
        if (!double.IsFinite(logFactor) || expected / logFactor < Share)
        {
            return null;
        }

        Activation[] hidden = [.. Layers.SkipLast(1).Select(layer => layer.Activation).Distinct()];
        double smallest = Layers.Skip(1).Min(GainOf);
        double largest = Layers.Skip(1).Max(GainOf);
        string gain = largest <= OneGain * smallest
            ? string.Create(CultureInfo.InvariantCulture, $"gain {Math.Sqrt(smallest * largest):g3}")
            : string.Create(CultureInfo.InvariantCulture, $"gains from {smallest:g3} to {largest:g3}");
        string cause = $"{string.Join(", ", hidden.Select(activation => activation.ToString()))} with {gain}";
        if (hidden.Length > 1 || Advise(hidden[0]) is not (double better, Drift kept)
            || kept.Worst > Share * present.Worst)
        {
            return cause;
        }

        double factor = Factors.PerLayer(figure(kept), Layers.Count);
        return cause + string.Create(CultureInfo.InvariantCulture, $"; gain {better:g3} keeps {factor:g2} per layer");
    }

    /// <summary>
    /// The better of two gains: 1/|phi'(0)|, with which small signals pass unchanged, where phi is smooth at 0; and the
    /// forward gain, which keeps a second moment of 1.
    /// </summary>
    private (double Gain, Drift Drift)? Advise(Activation activation)
    {
        List<double> gains = [activation.ForwardGain];
        if (activation.Derivative(0) != 0 && !activation.KinkPoints.Contains(0))
        {
            gains.Add(1 / Math.Abs(activation.Derivative(0)));
        }

        (double Gain, Drift Drift)? best = null;
        foreach (double gain in gains)
        {
            Drift? drift = Predict(
            [
                .. Layers.Select(layer => layer with { WeightVariance = gain * gain / layer.FanIn }),
            ]);
            if (drift is Drift found && (best is null || found.Worst < best.Value.Drift.Worst))
            {
                best = (gain, found);
            }
        }

        return best;
    }

    private Drift? Predict(IReadOnlyList<LayerLaw> layers)
    {
        IReadOnlyList<LayerPrediction> predictions = SignalPropagation.Predict(layers, InputSecondMoment);
        return predictions[0].PreActivationSecondMoment is > 0 and double first
            && predictions[0].GradientRatio is > 0 and double ratio
            && predictions[^1].PreActivationSecondMoment is > 0 and double last
            ? new Drift(DeterministicMath.Log(last) - DeterministicMath.Log(first), DeterministicMath.Log(ratio))
            : null;
    }

    // ln(q_L/q_1) and ln(g_1/g_L).
    private readonly record struct Drift(double Signal, double Gradient)
    {
        public double Worst => Math.Max(Math.Abs(Signal), Math.Abs(Gradient));
    }
}
