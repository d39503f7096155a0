namespace InitTools;

/// <summary>
/// Predicts second moments of pre-activations and variances of gradients through a wide network of dense layers,
/// convolutions, normalizations and skips with independent zero-mean weights. Positions are followed one by one, as a
/// padded border has fewer taps.
/// </summary>
/// <remarks>
/// <para>Forwards, with s the second moment of what goes in, over channels and rows: a dense layer and a convolution
/// make q[p] = inputs Var(w) (sum over taps of s at the position that p sees there) + E[b^2]; a skip adds its own
/// second moment, as weights that are drawn independently of it make the two uncorrelated; a normalization over n
/// channels makes v / (v + epsilon) with v = (1 - 1/n) (s - mean^2), times E[w^2], plus E[b^2]. A sum of independent
/// weights is Gaussian in the limit, and E[phi(z)^2] follows.</para>
/// <para>Backwards, with g the variance of dL/dz: dL/dx at a position has outputs Var(w) (sum over the taps that see it
/// of g), and what skips bring back is added; a normalization passes (1 - 2/n) E[w^2] g / (v + epsilon), as it takes
/// two directions of n away.</para>
/// <para>Null where theory ends: behind a pool, whose values depend on one another; behind an activation of what is not
/// Gaussian, such as a sum with rectified values; for weights with a mean; for kernels whose law is not the same at
/// every tap.</para>
/// </remarks>
public sealed class NetworkPropagation
{
    private const int MostIntegrals = 256;

    private readonly Architecture _architecture;
    private readonly IReadOnlyList<LayerTensors> _layers;
    private readonly Signal? _input;
    private readonly Signal?[] _preActivations;

    private NetworkPropagation(Architecture architecture, IReadOnlyList<LayerTensors> layers, Signal? input)
    {
        _architecture = architecture;
        _layers = layers;
        _input = input;
        _preActivations = new Signal?[layers.Count];
    }

    /// <summary>What to expect of every layer.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="layers">Its layers with their tensors, of which the laws count.</param>
    /// <param name="inputMean">The mean of the inputs over rows, channels and positions.</param>
    /// <param name="inputSecondMoments">E[x^2] over rows and channels at every position.</param>
    /// <param name="outputGradientVariances">The variance of dL/d(output) at every position of the last layer.</param>
    public static IReadOnlyList<LayerPrediction> Predict(
        Architecture architecture,
        IReadOnlyList<LayerTensors> layers,
        double inputMean,
        IReadOnlyList<double> inputSecondMoments,
        IReadOnlyList<double> outputGradientVariances)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(layers);
        var network = new NetworkPropagation(
            architecture, layers, Signal.Of([.. inputSecondMoments], inputMean, isGaussian: false));
        network.PredictForwards();
        double?[] gradients = network.PredictBackwards([.. outputGradientVariances]);
        int last = Enumerable.Range(0, layers.Count).LastOrDefault(
            l => layers[l].Spec.Operation.IsWeighted && !architecture.IsBypassed(l), layers.Count - 1);
        double?[] ratios = [.. gradients.Select(gradient => FiniteNumber.OrNull(gradient / gradients[last]))];
        return
        [
            .. layers.Select((_, l) => new LayerPrediction(
                FiniteNumber.OrNull(network._preActivations[l]?.SecondMoments.Average()),
                l == layers.Count - 1 ? 1 : FiniteNumber.OrNull(ratios[l] / ratios[l + 1]),
                ratios[l])),
        ];
    }

    private void PredictForwards()
    {
        Signal?[] outputs = new Signal?[_layers.Count];
        for (int l = 0; l < _layers.Count; l++)
        {
            Signal? z = Transform(l, l == 0 ? _input : outputs[l - 1]);
            if (_architecture.SkipSources[l] is int source)
            {
                z = _layers[l].Spec.Operation.IsWeighted ? Add(z, source < 0 ? _input : outputs[source]) : null;
            }

            _preActivations[l] = z;
            outputs[l] = Activate(_layers[l].Activation, z);
        }
    }

    /// <summary>The variance of dL/dz of every layer, summed over its positions.</summary>
    private double?[] PredictBackwards(double[] outputGradient)
    {
        double?[] gradients = new double?[_layers.Count];
        double[]?[] ofOutputs =
            [.. _architecture.Outputs.Prepend(_architecture.Input).Select(shape => new double[shape.PositionCount])];
        ofOutputs[^1] = outputGradient;
        for (int l = _layers.Count - 1; l >= 0; l--)
        {
            double[]? gradient = Derive(_layers[l].Activation, _preActivations[l], ofOutputs[l + 1]);
            gradients[l] = gradient?.Sum();
            ofOutputs[l] = Add(ofOutputs[l], BringBack(l, gradient));
            if (_architecture.SkipSources[l] is int source)
            {
                ofOutputs[source + 1] = Add(ofOutputs[source + 1], gradient);
            }
        }

        return gradients;
    }

    private Signal? Transform(int l, Signal? input)
    {
        if (input is null)
        {
            return null;
        }

        LayerTensors layer = _layers[l];
        double biasMean = layer.Bias?.GetLaw().Mean ?? 0;
        double biasVariance = layer.Bias?.GetLaw().Variance ?? 0;
        switch (layer.Spec.Operation)
        {
            case FlattenOperation:
                bool isUniform = input.SecondMoments.All(moment => moment == input.SecondMoments[0]);
                return Signal.Of([input.SecondMoments.Average()], input.Mean, input.IsGaussian && isUniform);
            case NormalizationOperation normalization when input.Mean is double mean:
                WeightLaw? scale = layer.Weight?.GetLaw();
                double scaleSquare = SquareOf(scale);
                return Signal.Of(
                    [
                        .. input.SecondMoments.Select(moment =>
                        {
                            double variance = NormalizedVariance(l, moment, mean);
                            return scaleSquare * variance / (variance + normalization.Epsilon)
                                + biasVariance + biasMean * biasMean;
                        }),
                    ],
                    biasMean,
                    input.IsGaussian && scale?.Variance is null or 0 && biasVariance == 0);
            case DenseOperation or ConvolutionOperation when WeightVarianceOf(layer) is double variance:
                double[] sums = layer.Spec.Operation is ConvolutionOperation convolution
                    ? Scale(SeenBy(l, convolution, input.SecondMoments), convolution.Inputs)
                    : Scale(input.SecondMoments, layer.FanIn);
                return Signal.Of(
                    [.. sums.Select(sum => variance * sum + biasVariance + biasMean * biasMean)],
                    biasMean,
                    isGaussian: true);
            default:
                return null;
        }
    }

    private double[]? BringBack(int l, double[]? gradient)
    {
        LayerTensors layer = _layers[l];
        int positions = _architecture.InputOf(l).PositionCount;
        return (gradient, layer.Spec.Operation) switch
        {
            (null, _) => null,
            (_, FlattenOperation) => [.. Enumerable.Repeat(gradient[0], positions)],
            (_, NormalizationOperation normalization) => NormalizeBack(l, normalization, gradient),
            (_, DenseOperation) when WeightVarianceOf(layer) is double variance =>
                Scale(gradient, layer.FanOut * variance),
            (_, ConvolutionOperation convolution) when WeightVarianceOf(layer) is double variance => Scale(
                Seeing(l, convolution, gradient), convolution.Outputs / convolution.Groups * variance),
            _ => null,
        };
    }

    private double[]? NormalizeBack(int l, NormalizationOperation normalization, double[] gradient)
    {
        Signal? input = l == 0 ? _input : Activate(_layers[l - 1].Activation, _preActivations[l - 1]);
        if (input?.Mean is not double mean)
        {
            return null;
        }

        double scaleSquare = SquareOf(_layers[l].Weight?.GetLaw());
        double kept = Math.Max(0, 1 - 2.0 / _architecture.InputOf(l).Channels);
        return
        [
            .. gradient.Select((value, p) => kept * scaleSquare * value
                / (NormalizedVariance(l, input.SecondMoments[p], mean) + normalization.Epsilon)),
        ];
    }

    private double NormalizedVariance(int l, double secondMoment, double mean) =>
        (1 - 1.0 / _architecture.InputOf(l).Channels) * (secondMoment - mean * mean);

    // For every output position the sum of what its taps see.
    private double[] SeenBy(int l, ConvolutionOperation convolution, double[] values)
    {
        int[] sources = convolution.Window.FindSources(_architecture.InputOf(l).Positions);
        double[] sums = new double[_architecture.Outputs[l].PositionCount];
        for (int k = 0; k < sources.Length; k++)
        {
            sums[k % sums.Length] += sources[k] < 0 ? 0 : values[sources[k]];
        }

        return sums;
    }

    // For every input position the sum over the taps that see it.
    private double[] Seeing(int l, ConvolutionOperation convolution, double[] values)
    {
        int[] sources = convolution.Window.FindSources(_architecture.InputOf(l).Positions);
        double[] sums = new double[_architecture.InputOf(l).PositionCount];
        for (int k = 0; k < sources.Length; k++)
        {
            if (sources[k] >= 0)
            {
                sums[sources[k]] += values[k % values.Length];
            }
        }

        return sums;
    }

    private static Signal? Add(Signal? z, Signal? skipped)
    {
        if (z?.Mean is not double mean || skipped is null || (mean != 0 && skipped.Mean is null))
        {
            return null;
        }

        double cross = mean == 0 ? 0 : 2 * mean * skipped.Mean!.Value;
        return Signal.Of(
            [.. z.SecondMoments.Select((moment, p) => moment + skipped.SecondMoments[p] + cross)],
            mean + skipped.Mean,
            z.IsGaussian && skipped.IsGaussian);
    }

    private static double[]? Add(double[]? sum, double[]? addend) =>
        sum is null || addend is null ? null : [.. sum.Select((value, p) => value + addend[p])];

    private static Signal? Activate(Activation activation, Signal? z)
    {
        if (z is null || IsLinear(activation))
        {
            return z;
        }

        return z is { IsGaussian: true, Mean: double mean }
            ? Signal.Of(
                Integrate(z, mean, variance => GaussianExpectation.SecondMoment(activation, mean, variance)),
                mean: null,
                isGaussian: false)
            : null;
    }

    private static double[]? Derive(Activation activation, Signal? z, double[]? gradient)
    {
        if (gradient is null || IsLinear(activation))
        {
            return gradient;
        }

        if (z is not { IsGaussian: true, Mean: double mean })
        {
            return null;
        }

        double[] factors = Integrate(
            z, mean, variance => GaussianExpectation.DerivativeSecondMoment(activation, mean, variance));
        return [.. gradient.Select((value, p) => value * factors[p])];
    }

    /// <summary>
    /// The expectation at every position. Of many different variances, as data have, some are integrated and the others
    /// interpolated: within a part in a million where they lie within a factor of two.
    /// </summary>
    private static double[] Integrate(Signal z, double mean, Func<double, double> expectation)
    {
        double[] variances = [.. z.SecondMoments.Select(moment => Math.Max(0, moment - mean * mean))];
        double[] distinct = [.. variances.Distinct().Order()];
        int last = Math.Min(distinct.Length, MostIntegrals) - 1;
        double[] knots =
        [
            .. Enumerable.Range(0, last + 1).Select(
                k => distinct[last == 0 ? 0 : (int)((long)k * (distinct.Length - 1) / last)]),
        ];
        double[] values = [.. knots.Select(expectation)];
        return
        [
            .. variances.Select(variance =>
            {
                int at = Array.BinarySearch(knots, variance);
                if (at >= 0)
                {
                    return values[at];
                }

                double share = (variance - knots[~at - 1]) / (knots[~at] - knots[~at - 1]);
                return values[~at - 1] + share * (values[~at] - values[~at - 1]);
            }),
        ];
    }

    private static bool IsLinear(Activation activation) => activation is Linear;

    private static double SquareOf(WeightLaw? scale) =>
        scale is null ? 1 : scale.Variance + scale.Mean * scale.Mean;

    // Null for weights that no theory covers.
    private static double? WeightVarianceOf(LayerTensors layer)
    {
        WeightLaw law = layer.Weight!.GetLaw();
        bool hasTaps = layer.Spec.Operation is ConvolutionOperation { Window.TapCount: > 1 };
        return law.Mean != 0 || (hasTaps && !law.IsSameEverywhere) ? null : law.Variance;
    }

    private static double[] Scale(double[] values, double factor) => [.. values.Select(value => value * factor)];

    /// <summary>What theory knows of values between layers.</summary>
    /// <param name="SecondMoments">E of their square over channels and rows, at every position.</param>
    /// <param name="Mean">Their mean over channels, the same at all positions; null where it is not known.</param>
    /// <param name="IsGaussian">True where they follow a normal law over the channels.</param>
    private sealed record Signal(double[] SecondMoments, double? Mean, bool IsGaussian)
    {
        /// <summary>A signal, or null where its moments are beyond the range of doubles.</summary>
        public static Signal? Of(double[] secondMoments, double? mean, bool isGaussian) =>
            secondMoments.All(double.IsFinite)
                && mean is null or (> double.NegativeInfinity and < double.PositiveInfinity)
                ? new Signal(secondMoments, mean, isGaussian)
                : null;
    }
}
