using System.Numerics;
using InitTools.Kernels;

namespace InitTools.Analysis;

/// <summary>Gathers each layer's figures while a batch goes through the stack and its gradient comes back.</summary>
internal static class StackMeasurement
{
    /// <summary>Measures every layer.</summary>
    /// <param name="precision">The arithmetic of both passes.</param>
    /// <param name="layers">The stack.</param>
    /// <param name="architecture">How its layers hang together.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="outputGradient">dL/d(output), a row for each of the batch's.</param>
    /// <param name="withDetail">Whether <see cref="LayerMeasurement.Detail"/> is wanted.</param>
    /// <param name="parallelOptions">Threads and cancellation.</param>
    /// <param name="progress">Receives the share of the work done, or null.</param>
    public static IReadOnlyList<LayerMeasurement> Measure(
        Precision precision,
        IReadOnlyList<LayerTensors> layers,
        Architecture architecture,
        DataSet batch,
        DataSet outputGradient,
        bool withDetail,
        ParallelOptions parallelOptions,
        IProgress<double>? progress = null) => precision switch
        {
            Precision.Single => Measure<float>(
                layers, architecture, batch, outputGradient, withDetail, parallelOptions, progress),
            Precision.Double => Measure<double>(
                layers, architecture, batch, outputGradient, withDetail, parallelOptions, progress),
            _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, null),
        };

    private static LayerMeasurement[] Measure<T>(
        IReadOnlyList<LayerTensors> layers,
        Architecture architecture,
        DataSet batch,
        DataSet outputGradient,
        bool withDetail,
        ParallelOptions parallelOptions,
        IProgress<double>? progress)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Network<T> network = TensorNetwork.Create<T>(layers, architecture, parallelOptions);
        var pass = new NetworkPass<T>(network, parallelOptions) { TakesMoments = true };
        pass.Forward(batch.ToFeatureMajor<T>(), batch.RowCount);

        // Two products go back through each layer for one that went forward.
        const double ForwardShare = 1.0 / 3;
        progress?.Report(ForwardShare);
        LayerMeasurement[] measurements = new LayerMeasurement[layers.Count];
        T[] gradientOfOutput = outputGradient.ToFeatureMajor<T>();
        Moments activationGradient = Moments.Of<T>(gradientOfOutput);
        pass.Backward(gradientOfOutput, (l, gradient) =>
        {
            measurements[l] = Describe(pass, l, gradient, parallelOptions);
            if (withDetail)
            {
                measurements[l] = measurements[l] with { Detail = Detail(pass, l, gradient, activationGradient) };
                activationGradient = l == 0 ? default : Moments.Of(gradient.Input);
            }

            progress?.Report(1 - (1 - ForwardShare) * l / layers.Count);
        });
        return measurements;
    }

    private static LayerMeasurement Describe<T>(
        NetworkPass<T> pass, int index, LayerGradient<T> gradient, ParallelOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
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
            Weight = layer.Weight.Length == 0 ? null : Moments.Of<T>(layer.Weight, options),
            PreActivation = preActivation,
            Activation = activation,
            Gradient = backward,
            WeightGradient = gradient.Weight.IsEmpty ? null : Moments.Of(gradient.Weight, options),
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

    private static LayerDetail Detail<T>(
        NetworkPass<T> pass,
        int index,
        LayerGradient<T> gradient,
        Moments activationGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
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

    private static double SaturatedFraction<T>(ReadOnlySpan<T> activations, SaturationRule rule)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long saturated = 0;
        foreach (T activation in activations)
        {
            saturated += rule.IsSaturated(double.CreateTruncating(activation)) ? 1 : 0;
        }

        return (double)saturated / activations.Length;
    }
}
