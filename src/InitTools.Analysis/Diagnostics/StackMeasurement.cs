using System.Numerics;
using InitTools.Kernels;

namespace InitTools.Analysis;

/// <summary>
/// Gathers each layer's figures while a batch goes through the stack and its gradient comes back. The memory of network
/// and passes is kept, so that one stack after the other is measured in it.
/// </summary>
internal abstract class StackMeasurement
{
    /// <summary>Makes room for networks of one architecture.</summary>
    /// <param name="precision">The arithmetic of both passes.</param>
    /// <param name="architecture">How the layers hang together.</param>
    /// <param name="parallelOptions">Threads and cancellation.</param>
    public static StackMeasurement Create(
        Precision precision, Architecture architecture, ParallelOptions parallelOptions) => precision switch
        {
            Precision.Single => new StackMeasurement<float>(architecture, parallelOptions),
            Precision.Double => new StackMeasurement<double>(architecture, parallelOptions),
            _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, null),
        };

    /// <summary>Measures every layer. Values that an earlier measurement refers to are lost.</summary>
    /// <param name="layers">The stack: the same shapes each time.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="outputGradient">dL/d(output), a row for each of the batch's.</param>
    /// <param name="scope">How much is looked at.</param>
    /// <param name="progress">Receives the share of the work done, or null.</param>
    public abstract IReadOnlyList<LayerMeasurement> Measure(
        IReadOnlyList<LayerTensors> layers,
        DataSet batch,
        DataSet outputGradient,
        MeasurementScope scope,
        IProgress<double>? progress = null);
}

/// <inheritdoc/>
/// <typeparam name="T">The arithmetic of both passes.</typeparam>
internal sealed class StackMeasurement<T>(Architecture architecture, ParallelOptions parallelOptions) : StackMeasurement
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private NetworkPass<T>? _pass;

    /// <inheritdoc/>
    public override IReadOnlyList<LayerMeasurement> Measure(
        IReadOnlyList<LayerTensors> layers,
        DataSet batch,
        DataSet outputGradient,
        MeasurementScope scope,
        IProgress<double>? progress = null)
    {
        NetworkPass<T> pass = PassThrough(layers);
        pass.Forward(batch.ToFeatureMajor<T>(parallelOptions), batch.RowCount);

        // Two products go back through each layer for one that went forward.
        const double ForwardShare = 1.0 / 3;
        progress?.Report(ForwardShare);
        LayerMeasurement[] measurements = new LayerMeasurement[layers.Count];
        T[] gradientOfOutput = outputGradient.ToFeatureMajor<T>(parallelOptions);
        Moments activationGradient = Moments.Of<T>(gradientOfOutput);
        pass.Backward(gradientOfOutput, (l, gradient) =>
        {
            measurements[l] = Describe(pass, l, gradient);
            if (scope >= MeasurementScope.Histograms)
            {
                measurements[l] = measurements[l] with { Histograms = Histograms(pass, l, measurements[l]) };
            }

            if (scope >= MeasurementScope.Detail)
            {
                measurements[l] = measurements[l] with { Detail = Detail(pass, l, gradient, activationGradient) };
                activationGradient = l == 0 ? default : Moments.Of(gradient.Input);
            }

            progress?.Report(1 - (1 - ForwardShare) * l / layers.Count);
        });
        return measurements;
    }

    private NetworkPass<T> PassThrough(IReadOnlyList<LayerTensors> layers)
    {
        if (_pass is null)
        {
            Network<T> network = TensorNetwork.Create<T>(layers, architecture, parallelOptions);
            _pass = new NetworkPass<T>(network, parallelOptions) { TakesMoments = true };
        }
        else
        {
            TensorNetwork.Fill(_pass.Network, layers, parallelOptions);
        }

        return _pass;
    }

    private LayerMeasurement Describe(NetworkPass<T> pass, int index, LayerGradient<T> gradient)
    {
        NetworkLayer<T> layer = pass.Network.Layers[index];
        FeatureShape output = pass.Network.Architecture.Outputs[index];
        int units = output.Channels;

        // What one unit does: over the batch and, where there are several, over positions.
        int valuesOfUnit = output.PositionCount * pass.BatchSize;
        Moments[] preActivations = pass.PreActivationMoments(index).ToArray();
        Moments[] activations = pass.ActivationMoments(index).ToArray();
        var preActivation = Moments.Combine(preActivations);
        var activation = Moments.Combine(activations);
        Moments backward = gradient.PreActivationMoments
            ?? throw new InvalidOperationException("The pass takes no moments.");
        int? distinctUnits = layer.Spec.Operation.IsWeighted ? Symmetry.CountDistinctUnits(layer) : null;
        return new LayerMeasurement
        {
            Weight = layer.Weight.Length == 0 ? null : Moments.Of<T>(layer.Weight, parallelOptions),
            PreActivation = preActivation,
            Activation = activation,
            Gradient = backward,
            WeightGradient = gradient.Weight.IsEmpty ? null : Moments.Of(gradient.Weight, parallelOptions),
            PerUnitVariance = valuesOfUnit < 2 ? null : preActivations.Average(unit => unit.Variance),
            Figures = new LayerFigures
            {
                Layer = index + 1,
                Name = layer.Spec.Name,
                UnitCount = units,
                IsCounted = layer.Spec.Operation.IsWeighted && !pass.Network.Architecture.IsBypassed(index),
                PositionCount = output.PositionCount,
                RowCount = pass.BatchSize,
                SecondMoment = preActivation.SecondMoment,
                LargestPreActivation = preActivation.Maximum,
                GradientVariance = backward.Variance,
                SaturatedFraction = layer.Spec.Activation.Saturation is SaturationRule rule
                    ? SaturatedFraction(pass.Activations(index).Span, rule)
                    : null,
                DeadUnits = activations.Count(unit => unit.ZeroCount == valuesOfUnit),
                DistinctUnits = distinctUnits,
                DistinctGradients = distinctUnits == 1
                    ? Symmetry.CountDistinctRows(gradient.PreActivation, units)
                    : null,
                NonFiniteValues = preActivation.NonFiniteCount + activation.NonFiniteCount,
                NonFiniteGradients = backward.NonFiniteCount,
            },
        };
    }

    private static LayerHistograms Histograms(NetworkPass<T> pass, int index, LayerMeasurement measured) => new(
            measured.Figures.Layer,
            measured.Figures.Name,
            measured.Weight is { } weight
                ? LayerHistogram.Of<T>(pass.Network.Layers[index].Weight, weight.Minimum, weight.Maximum)
                : null,
            LayerHistogram.Of(
                pass.Activations(index).Span, measured.Activation.Minimum, measured.Activation.Maximum));

    private static LayerDetail Detail(
        NetworkPass<T> pass,
        int index,
        LayerGradient<T> gradient,
        Moments activationGradient)
    {
        ReadOnlySpan<T> preActivations = pass.PreActivations(index).Span;
        ReadOnlySpan<T> activations = pass.Activations(index).Span;
        return new LayerDetail
        {
            PreActivationShape = ShapeMoments.Of(preActivations, Moments.Of(preActivations)),
            ActivationShape = ShapeMoments.Of(activations, Moments.Of(activations)),
            DistinctOutputs = Symmetry.CountDistinctOutputs(
                activations, pass.Network.Architecture.Outputs[index].Channels),
            RowCorrelation = RowCosine.Mean(activations, pass.BatchSize),
            ActivationGradient = activationGradient,
            BiasGradient = gradient.Bias.IsEmpty ? null : Moments.Of(gradient.Bias),
            Values = LayerValues.Create(pass.PreActivations(index), pass.Network.Layers[index].Spec.Activation),
        };
    }

    private static double SaturatedFraction(ReadOnlySpan<T> activations, SaturationRule rule)
    {
        long saturated = 0;
        foreach (T activation in activations)
        {
            saturated += rule.IsSaturated(double.CreateTruncating(activation)) ? 1 : 0;
        }

        return (double)saturated / activations.Length;
    }
}
