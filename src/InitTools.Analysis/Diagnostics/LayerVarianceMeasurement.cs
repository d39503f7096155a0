using System.Globalization;
using InitTools.Kernels;

namespace InitTools.Analysis;

/// <summary>Passes a batch through a stack of layers, forwards and backwards, and judges what it sees.</summary>
public static class LayerVarianceMeasurement
{
    /// <summary>Measures every layer of a stack.</summary>
    /// <returns>A row for each layer, first to last.</returns>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: no layer; <see cref="ErrorId.LayerMismatch"/>: layers that do not chain;
    /// <see cref="ErrorId.AllocationTooLarge"/>: more weights than memory holds;
    /// <see cref="ErrorId.ParameterConflict"/>: both data and a distribution;
    /// <see cref="ErrorId.FanUndefined"/>: a distribution that needs fans;
    /// <see cref="ErrorId.ShapeMismatch"/>: data or gradient of another width, or gradients of other rows, than needed;
    /// <see cref="ErrorId.EmptyBatch"/>, <see cref="ErrorId.BatchTooLarge"/>: no rows, or more than there are;
    /// <see cref="ErrorId.InvalidArgument"/>: a threshold outside its range.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token of the parallel options was cancelled.</exception>
    public static IReadOnlyList<LayerVariance> Measure(LayerVarianceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Thresholds.Validate();
        RequireRate(options.LearningRate);
        var network = new Architecture(options.Layers.Select(layer => layer.Spec), options.InputShape);
        network.RequireMemory(options.Precision == Precision.Double ? sizeof(double) : sizeof(float));
        InputBatch.Validate(options.Data, options.InputDistribution, options.BatchSize, network.InputWidth);
        DataSet? data = options.Data?.Standardize(options.Standardization);
        DataSet batch = InputBatch.Create(
            data,
            options.InputDistribution,
            options.BatchSize,
            network.InputWidth,
            options.Seed,
            StreamPurpose.Batch,
            options.ParallelOptions);
        DataSet gradient = options.OutputGradient ?? InputBatch.DrawGradient(
            batch.RowCount,
            network.OutputWidth,
            options.Seed,
            StreamPurpose.Gradient,
            options.ParallelOptions);
        RequireGradientOf(gradient, batch.RowCount, network.OutputWidth);

        IReadOnlyList<LayerMeasurement> measured = StackMeasurement.Measure(
            options.Precision,
            options.Layers,
            network,
            batch,
            gradient,
            withDetail: true,
            options.ParallelOptions,
            options.Progress);
        StackTheory? theory = TheoryOf(network, options.Layers, Moments.Of(batch.Values).SecondMoment);
        IReadOnlyList<LayerPrediction>? expected = theory is null
            ? null
            : SignalPropagation.Predict(theory.Layers, theory.InputSecondMoment);
        IReadOnlyList<Judgement> judgements = VerdictRules.Judge(
            [.. measured.Select(layer => layer.Figures)],
            options.Thresholds,
            FindRawDataSecondMoment(data, options.Standardization, network.Layers[0].Activation),
            theory);
        int? firstNonFinite = VerdictRules.FindFirstNonFinite([.. measured.Select(layer => layer.Figures)])?.Layer;
        LayerMeasurement last = measured.LastOrDefault(layer => layer.Figures.IsCounted) ?? measured[^1];
        var provenance = Provenance.Of(options, network, batch);
        return
        [
            .. options.Layers.Select((layer, index) => Describe(
                layer,
                network.Outputs[index],
                measured[index],
                last,
                firstNonFinite,
                expected?[index],
                judgements[index],
                provenance,
                options)),
        ];
    }

    /// <summary>
    /// E[x^2] of data that were not standardized where the first activation is bounded, so that a reason can say whose
    /// size q_1 is; null otherwise.
    /// </summary>
    internal static double? FindRawDataSecondMoment(
        DataSet? data,
        Standardization standardization,
        Activation firstActivation) =>
        data is not null && standardization == Standardization.None && firstActivation.IsBounded
            ? Moments.Of(data.Values).SecondMoment
            : null;

    private static LayerVariance Describe(
        LayerTensors layer,
        FeatureShape output,
        LayerMeasurement measured,
        LayerMeasurement last,
        int? firstNonFinite,
        LayerPrediction? expected,
        Judgement judgement,
        Provenance provenance,
        LayerVarianceOptions options)
    {
        LayerDetail detail = measured.Detail!;
        return new LayerVariance(provenance)
        {
            Layer = measured.Figures.Layer,
            Name = layer.Name,
            Activation = layer.Activation.ToString(),
            Kind = LayerKinds.Spellings.NameOf(layer.Spec.Operation.Kind),
            OutputShape = output.ToString(),
            Skip = layer.Spec.Skip ?? "",
            FanIn = layer.Spec.Operation.IsWeighted ? layer.FanIn : null,
            FanOut = layer.Spec.Operation.IsWeighted ? layer.FanOut : null,
            UnitCount = measured.Figures.UnitCount,
            PositionCount = measured.Figures.PositionCount,
            Initializer = layer.Weight?.Initializer ?? "",
            WeightMean = measured.Weight?.Mean,
            WeightVariance = measured.Weight?.Variance,
            PreActivationMean = measured.PreActivation.Mean,
            PreActivationVariance = measured.PreActivation.Variance,
            PreActivationSampleVariance = OrEmpty(measured.PreActivation.SampleVariance),
            PreActivationSecondMoment = measured.PreActivation.SecondMoment,
            PreActivationRms = measured.PreActivation.RootMeanSquare,
            PreActivationMinimum = measured.PreActivation.Minimum,
            PreActivationMaximum = measured.PreActivation.Maximum,
            PreActivationSkewness = OrEmpty(detail.PreActivationShape.Skewness),
            PreActivationKurtosis = OrEmpty(detail.PreActivationShape.Kurtosis),
            ActivationMean = measured.Activation.Mean,
            ActivationVariance = measured.Activation.Variance,
            ActivationSampleVariance = OrEmpty(measured.Activation.SampleVariance),
            ActivationSecondMoment = measured.Activation.SecondMoment,
            ActivationRms = measured.Activation.RootMeanSquare,
            ActivationMinimum = measured.Activation.Minimum,
            ActivationMaximum = measured.Activation.Maximum,
            ActivationSkewness = OrEmpty(detail.ActivationShape.Skewness),
            ActivationKurtosis = OrEmpty(detail.ActivationShape.Kurtosis),
            PerUnitVariance = measured.PerUnitVariance,
            SaturatedFraction = measured.Figures.SaturatedFraction,
            ZeroFraction = (double)measured.Activation.ZeroCount
                / ((long)output.Count * measured.Figures.RowCount),
            DeadUnits = measured.Figures.DeadUnits,
            DistinctUnits = measured.Figures.DistinctUnits,
            DistinctOutputs = detail.DistinctOutputs,
            RowCorrelation = detail.RowCorrelation,
            GradientVariance = measured.Gradient.Variance,
            ActivationGradientVariance = detail.ActivationGradient.Variance,
            WeightGradientVariance = measured.WeightGradient?.Variance,
            BiasGradientVariance = detail.BiasGradient?.Variance,
            UpdateRatio = OrEmpty(
                options.LearningRate * measured.WeightGradient?.RootMeanSquare / measured.Weight?.RootMeanSquare),
            GradientRatio = last.Figures.GradientOfUnit == 0
                ? null
                : measured.Figures.GradientOfUnit / last.Figures.GradientOfUnit,
            ExpectedSecondMoment = expected?.PreActivationSecondMoment,
            ExpectedGradientFactor = expected?.GradientRatio,
            NonFinite = measured.Figures.NonFinite,
            FirstNonFiniteLayer = firstNonFinite,
            Seed = options.Seed.Value,
            Verdict = judgement.Verdict.ToString(),
            Reason = judgement.Reason,
            IsCounted = measured.Figures.IsCounted,
            Values = detail.Values,
        };
    }

    /// <summary>A figure that has no value where numbers do not vary, or are none, is an empty one.</summary>
    private static double? OrEmpty(double? figure) =>
        figure is double number && double.IsFinite(number) ? number : null;

    private static void RequireRate(double? rate)
    {
        if (rate is double number && !(number > 0 && double.IsFinite(number)))
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The learning rate is {number}; it is a finite number above 0."),
                number);
        }
    }

    /// <summary>What theory knows of a stack; null where it is not dense, of which theory knows nothing.</summary>
    internal static StackTheory? TheoryOf(
        Architecture network,
        IReadOnlyList<LayerTensors> layers,
        double inputSecondMoment) =>
        network.IsDenseStack ? new StackTheory([.. layers.Select(LawOf)], inputSecondMoment) : null;

    private static LayerLaw LawOf(LayerTensors layer)
    {
        WeightLaw weight = layer.Weight!.GetLaw();
        WeightLaw? bias = layer.Bias?.GetLaw();
        return new LayerLaw(
            layer.FanIn,
            layer.FanOut,
            layer.Activation,
            weight.Mean,
            weight.Variance,
            bias?.Mean ?? 0,
            bias?.Variance ?? 0);
    }

    private static void RequireGradientOf(DataSet gradient, int rowCount, int width)
    {
        if (gradient.RowCount != rowCount || gradient.ColumnCount != width)
        {
            throw new InitToolsException(
                ErrorId.ShapeMismatch,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The output gradient has {gradient.RowCount} rows of {gradient.ColumnCount} columns; the batch " +
                    $"has {rowCount} rows and the last layer {width} outputs."),
                gradient.RowCount);
        }
    }
}
