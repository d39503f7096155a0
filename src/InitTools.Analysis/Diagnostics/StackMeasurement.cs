using System.Numerics;
using InitTools.Kernels;

namespace InitTools.Analysis;

/// <summary>Gathers each layer's figures while a batch goes through the stack and its gradient comes back.</summary>
internal static class StackMeasurement
{
    /// <summary>Measures every layer.</summary>
    /// <param name="precision">The arithmetic of both passes.</param>
    /// <param name="layers">The stack.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="outputGradient">dL/d(output), a row for each of the batch's.</param>
    /// <param name="withDetail">Whether <see cref="LayerMeasurement.Detail"/> is wanted.</param>
    /// <param name="parallelOptions">Threads and cancellation.</param>
    /// <param name="progress">Receives the share of the work done, or null.</param>
    public static IReadOnlyList<LayerMeasurement> Measure(
        Precision precision,
        IReadOnlyList<LayerTensors> layers,
        DataSet batch,
        DataSet outputGradient,
        bool withDetail,
        ParallelOptions parallelOptions,
        IProgress<double>? progress = null) => precision switch
        {
            Precision.Single => Measure<float>(layers, batch, outputGradient, withDetail, parallelOptions, progress),
            Precision.Double => Measure<double>(layers, batch, outputGradient, withDetail, parallelOptions, progress),
            _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, null),
        };

    private static LayerMeasurement[] Measure<T>(
        IReadOnlyList<LayerTensors> layers,
        DataSet batch,
        DataSet outputGradient,
        bool withDetail,
        ParallelOptions parallelOptions,
        IProgress<double>? progress)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var pass = new NetworkPass<T>(TensorNetwork.Create<T>(layers, parallelOptions), parallelOptions);
        pass.Forward(batch.ToFeatureMajor<T>(), batch.RowCount);

        // Two products go back through each layer for one that went forward.
        const double ForwardShare = 1.0 / 3;
        progress?.Report(ForwardShare);
        LayerMeasurement[] measurements = new LayerMeasurement[layers.Count];
        T[] gradientOfOutput = outputGradient.ToFeatureMajor<T>();
        Moments activationGradient = Moments.Of<T>(gradientOfOutput);
        pass.Backward(gradientOfOutput, (l, gradient) =>
        {
            measurements[l] = Describe(pass, l, gradient);
            if (withDetail)
            {
                measurements[l] = measurements[l] with { Detail = Detail(pass, l, gradient, activationGradient) };
                activationGradient = l == 0 ? default : Moments.Of(gradient.Input);
            }

            progress?.Report(1 - (1 - ForwardShare) * l / layers.Count);
        });
        return measurements;
    }

    private static LayerMeasurement Describe<T>(NetworkPass<T> pass, int index, LayerGradient<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DenseLayer<T> layer = pass.Network.Layers[index];
        int units = layer.Spec.FanOut;
        Moments[] preActivations = new Moments[units];
        Moments.OfRows(pass.PreActivations(index).Span, pass.BatchSize, preActivations);
        Moments[] activations = new Moments[units];
        Moments.OfRows(pass.Activations(index).Span, pass.BatchSize, activations);
        var preActivation = Moments.Combine(preActivations);
        var activation = Moments.Combine(activations);
        var backward = Moments.Of(gradient.PreActivation);
        int distinctUnits = Symmetry.CountDistinctUnits(layer);
        return new LayerMeasurement
        {
            Weight = Moments.Of<T>(layer.Weight),
            PreActivation = preActivation,
            Activation = activation,
            Gradient = backward,
            WeightGradient = Moments.Of(gradient.Weight),
            PerUnitVariance = pass.BatchSize < 2 ? null : preActivations.Average(unit => unit.Variance),
            Figures = new LayerFigures
            {
                Layer = index + 1,
                Name = layer.Spec.Name,
                UnitCount = units,
                RowCount = pass.BatchSize,
                SecondMoment = preActivation.SecondMoment,
                LargestPreActivation = preActivation.Maximum,
                GradientVariance = backward.Variance,
                SaturatedFraction = layer.Spec.Activation.Saturation is SaturationRule rule
                    ? SaturatedFraction(pass.Activations(index).Span, rule)
                    : null,
                DeadUnits = activations.Count(unit => unit.ZeroCount == pass.BatchSize),
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
        LayerSpec spec = pass.Network.Layers[index].Spec;
        ReadOnlySpan<T> preActivations = pass.PreActivations(index).Span;
        ReadOnlySpan<T> activations = pass.Activations(index).Span;
        return new LayerDetail
        {
            PreActivationShape = ShapeMoments.Of(preActivations, Moments.Of(preActivations)),
            ActivationShape = ShapeMoments.Of(activations, Moments.Of(activations)),
            DistinctOutputs = Symmetry.CountDistinctOutputs(activations, spec.FanOut),
            RowCorrelation = RowCosine.Mean(activations, pass.BatchSize),
            ActivationGradient = activationGradient,
            BiasGradient = gradient.Bias.IsEmpty ? null : Moments.Of(gradient.Bias),
            Values = LayerValues.Create(pass.PreActivations(index), spec.Activation),
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
