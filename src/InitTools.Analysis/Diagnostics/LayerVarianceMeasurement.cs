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
        (Architecture network, DataSet? data) = Prepare(options);
        IReadOnlyList<Run> runs = MeasureRuns(options, network, data);
        (IReadOnlyList<LayerMeasurement> measured, DataSet batch, StackTheory? theory, var expected) = runs[0];
        IReadOnlyList<Judgement> judgements = VerdictRules.Judge(
            [.. measured.Select(layer => layer.Figures)],
            options.Thresholds,
            FindRawDataSecondMoment(data, options.Standardization, network.Layers[0].Activation),
            theory);
        int? firstNonFinite = VerdictRules.FindFirstNonFinite([.. measured.Select(layer => layer.Figures)])?.Layer;
        var provenance = Provenance.Of(options, network, batch);
        return
        [
            .. options.Layers.Select((layer, index) => Describe(
                layer,
                network.Outputs[index],
                measured[index],
                runs[0].Last,
                firstNonFinite,
                expected[index],
                judgements[index],
                SeedDepartures.Score([.. runs.Select(run => (
                    run.Measured[index].PreActivation.SecondMoment, run.Expected[index].PreActivationSecondMoment))]),
                SeedDepartures.Score([.. runs.Select(run => (
                    run.Measured[index].Figures.GradientOfUnit / run.Last.GradientOfUnit,
                    run.Expected[index].GradientRatio))]),
                provenance,
                options)),
        ];
    }

    /// <summary>Checks the options: the network, and the data standardized.</summary>
    internal static (Architecture Network, DataSet? Data) Prepare(LayerVarianceOptions options)
    {
        options.Thresholds.Validate();
        RequireRate(options.LearningRate);
        SeedDepartures.RequireSeedCount(options.SeedCount);
        var network = new Architecture(options.Layers.Select(layer => layer.Spec), options.InputShape);
        network.RequireMemory(options.Precision == Precision.Double ? sizeof(double) : sizeof(float));
        InputBatch.Validate(options.Data, options.InputDistribution, options.BatchSize, network.InputWidth);
        return (network, options.Data?.Standardize(options.Standardization));
    }

    /// <summary>The rows to pass.</summary>
    internal static DataSet CreateBatch(
        LayerVarianceOptions options,
        Architecture network,
        DataSet? data,
        int replicate = 0) =>
        InputBatch.Create(
            data,
            options.InputDistribution,
            options.BatchSize,
            network.InputWidth,
            options.Seed,
            StreamPurpose.Batch.Replicate(replicate),
            options.ParallelOptions);

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

    private static Run[] MeasureRuns(LayerVarianceOptions options, Architecture network, DataSet? data) =>
    [
        .. Enumerable.Range(0, options.SeedCount).Select(replicate =>
        {
            IReadOnlyList<LayerTensors> layers =
                [.. options.Layers.Select(layer => SeedDepartures.Redraw(layer, replicate))];
            DataSet batch = CreateBatch(options, network, data, replicate);
            DataSet gradient = options.OutputGradient ?? InputBatch.DrawGradient(
                batch.RowCount,
                network.OutputWidth,
                options.Seed,
                StreamPurpose.Gradient.Replicate(replicate),
                options.ParallelOptions);
            RequireGradientOf(gradient, batch.RowCount, network.OutputWidth);

            // Each in memory of its own, since the rows of the first refer to its values.
            IReadOnlyList<LayerMeasurement> measured = StackMeasurement
                .Create(options.Precision, network, options.ParallelOptions)
                .Measure(
                    layers,
                    batch,
                    gradient,
                    replicate == 0 ? MeasurementScope.Detail : MeasurementScope.Figures,
                    options.SeedCount == 1 ? options.Progress : null);
            options.Progress?.Report((replicate + 1.0) / options.SeedCount);
            var inputs = Moments.Of(batch.Values);
            StackTheory? theory = TheoryOf(network, layers, inputs.SecondMoment);
            return new Run(
                measured,
                batch,
                theory,
                theory is null
                    ? NetworkPropagation.Predict(
                        network,
                        layers,
                        inputs.Mean,
                        SecondMoments(batch, network.Input),
                        SecondMoments(gradient, network.Outputs[^1]))
                    : SignalPropagation.Predict(theory.Layers, theory.InputSecondMoment));
        }),
    ];

    // E[x^2] at every position, over rows and channels.
    private static double[] SecondMoments(DataSet values, FeatureShape shape)
    {
        double[] sums = new double[shape.PositionCount];
        for (int k = 0; k < values.Values.Length; k++)
        {
            // All positions of a channel follow one another, and so do all channels of a row.
            sums[k % sums.Length] += values.Values[k] * values.Values[k];
        }

        return [.. sums.Select(sum => sum / ((double)values.RowCount * shape.Channels))];
    }

    private static LayerVariance Describe(
        LayerTensors layer,
        FeatureShape output,
        LayerMeasurement measured,
        LayerFigures last,
        int? firstNonFinite,
        LayerPrediction expected,
        Judgement judgement,
        double? secondMomentDeparture,
        double? gradientDeparture,
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
            GradientRatio = last.GradientOfUnit == 0
                ? null
                : measured.Figures.GradientOfUnit / last.GradientOfUnit,
            ExpectedSecondMoment = expected.PreActivationSecondMoment,
            ExpectedGradientFactor = expected.GradientRatio,
            SecondMomentDeparture = secondMomentDeparture,
            GradientDeparture = gradientDeparture,
            NonFinite = measured.Figures.NonFinite,
            FirstNonFiniteLayer = firstNonFinite,
            Seed = options.Seed.Value,
            Verdict = judgement.Verdict.ToString(),
            Reason = judgement.Reason,
            IsCounted = measured.Figures.IsCounted,
            Values = detail.Values,
            Histograms = measured.Histograms!,
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

    /// <summary>What theory knows of a dense stack; null for other networks, whose gains are no advice.</summary>
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

    // What one seed showed, and what theory says of its batch.
    private sealed record Run(
        IReadOnlyList<LayerMeasurement> Measured,
        DataSet Batch,
        StackTheory? Theory,
        IReadOnlyList<LayerPrediction> Expected)
    {
        /// <summary>The layer over whose gradient those of the others are given.</summary>
        public LayerFigures Last { get; } = StackFigures.LastOf([.. Measured.Select(layer => layer.Figures)]);
    }
}
