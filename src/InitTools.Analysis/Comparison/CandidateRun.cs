using InitTools.Kernels;

namespace InitTools.Analysis;

/// <summary>What one candidate did with one seed.</summary>
/// <param name="Layers">Its measured layers.</param>
/// <param name="Histograms">How their values are spread, for a report; of the first seed only.</param>
/// <param name="InputSecondMoment">E[x^2] of the measured rows.</param>
/// <param name="Trainings">Its training with each learning rate; none where it was not trained.</param>
internal sealed record CandidateRun(
    IReadOnlyList<LayerFigures> Layers,
    IReadOnlyList<LayerHistograms> Histograms,
    double InputSecondMoment,
    IReadOnlyList<TrainingRun> Trainings)
{
    /// <summary>Measures, and on request trains, a candidate in one replicate.</summary>
    public static CandidateRun Execute(
        Initializer candidate,
        int replicate,
        ComparisonOptions options,
        ComparisonSetting setting,
        StackMeasurement measurement,
        ParallelOptions parallelOptions,
        StepProgress progress)
    {
        IReadOnlyList<LayerTensors> layers = LayerTensors.Create(
            setting.Network,
            candidate,
            options.Bias,
            options.Seed,
            StreamPurpose.Weights.Replicate(replicate));
        DataSet batch = setting.GetBatch(replicate);
        DataSet gradient = setting.GetGradient(replicate);
        IReadOnlyList<LayerMeasurement> measured = measurement.Measure(
            layers,
            batch,
            gradient,
            replicate == 0 ? MeasurementScope.Histograms : MeasurementScope.Figures);
        progress.Advance();
        IReadOnlyList<TrainingRun> trainings = options.Training is { } training
            ? NetworkTraining.RunAll(
                layers,
                setting.Network,
                setting.TrainingData!,
                training,
                candidate,
                options.Seed,
                replicate,
                parallelOptions,
                progress)
            : [];
        return new CandidateRun(
            [.. measured.Select(layer => layer.Figures)],
            [.. measured.Select(layer => layer.Histograms).OfType<LayerHistograms>()],
            Moments.Of(batch.Values).SecondMoment,
            trainings);
    }
}
