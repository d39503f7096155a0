using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.ExceptionServices;

namespace InitTools.Analysis;

/// <summary>
/// Compares initializers on one network: every candidate is measured, and on request trained, with the same rows,
/// gradients and shuffles for each of several seeds, and ranked by <see cref="Deviation"/>.
/// </summary>
public static class InitializerComparer
{
    /// <summary>
    /// The candidates where none are given: the schemes that frameworks offer for dense layers, and four classic
    /// mistakes (weights of N(0, 1) and N(0, 0.01^2) whatever the width, zeros, and one constant).
    /// </summary>
    public static IReadOnlyList<Initializer> DefaultCandidates { get; } =
    [
        .. new[]
        {
            "GlorotUniform", "GlorotNormal", "HeUniform", "HeNormal", "LecunUniform", "LecunNormal",
            "RandomNormal(stddev=1)", "RandomNormal(stddev=0.01)", "Zeros", "Constant(value=0.5)",
        }.Select(expression => Initializer.Parse(expression)),
    ];

    /// <summary>Measures, and on request trains, every candidate with every seed.</summary>
    /// <returns>One comparison a candidate, best first; equals stay in the order given.</returns>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: a count, rate or share outside its range;
    /// <see cref="ErrorId.ParameterConflict"/>: data and a distribution, or training without data or target;
    /// <see cref="ErrorId.ColumnNotFound"/>, <see cref="ErrorId.LabelOutOfRange"/>: the target;
    /// <see cref="ErrorId.ShapeMismatch"/>: data of another width than the network's inputs;
    /// <see cref="ErrorId.EmptyBatch"/>, <see cref="ErrorId.BatchTooLarge"/>: no rows, or more than there are.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token of the parallel options was cancelled.</exception>
    public static IReadOnlyList<InitializerComparison> Compare(ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.SeedCount < 1)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{options.SeedCount} seeds were asked for; a comparison needs 1 or more."),
                options.SeedCount);
        }

        if (!(options.TieTolerance >= 0))
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                FormattableString.Invariant($"The tie tolerance is {options.TieTolerance} standard errors; ")
                + "it is a number of 0 or more.",
                options.TieTolerance);
        }

        options.Thresholds.Validate();
        options.Weights.Validate();
        ComparisonSetting setting = ComparisonSetting.Create(options);
        IReadOnlyList<Initializer> candidates =
            options.Initializers is { Count: > 0 } given ? given : DefaultCandidates;
        CandidateRun[] runs = Run(options, setting, candidates);
        CandidateSummary[] summaries =
        [
            .. candidates.Select((candidate, index) => new CandidateSummary(
                candidate,
                runs.AsSpan(index * options.SeedCount, options.SeedCount).ToArray(),
                options,
                setting)),
        ];
        IReadOnlyList<int> ranks = Ranking.Of(
            [.. summaries.Select(summary => summary.Deviation)],
            (first, second) => options.TieTolerance
                * (CandidateSummary.StandardErrorOfDifference(summaries[first], summaries[second]) ?? 0));
        return
        [
            .. summaries.Select((summary, index) => summary.ToComparison(ranks[index])).OrderBy(row => row.Deviation),
        ];
    }

    // The fused multiply-adds of a layer's product that all threads share with little waste. Networks with such layers
    // run one after the other, so that one is in memory at a time; each takes the memory of the one before.
    private const long SharedWork = 1L << 25;

    /// <summary>All runs, candidate by candidate and in each seed by seed.</summary>
    private static CandidateRun[] Run(
        ComparisonOptions options,
        ComparisonSetting setting,
        IReadOnlyList<Initializer> candidates)
    {
        CandidateRun[] runs = new CandidateRun[candidates.Count * options.SeedCount];
        int degree = options.ParallelOptions.MaxDegreeOfParallelism;
        int threads = degree < 0 ? Environment.ProcessorCount : Math.Min(degree, Environment.ProcessorCount);

        // Small layers leave nothing for several threads to share, so that runs go side by side where there are enough
        // of them.
        bool sideBySide = runs.Length >= threads && setting.WorkPerLayer < SharedWork;
        var one = new ParallelOptions
        {
            MaxDegreeOfParallelism = 1,
            CancellationToken = options.ParallelOptions.CancellationToken,
        };
        ParallelOptions inRun = sideBySide ? one : options.ParallelOptions;
        var measurements = new ConcurrentBag<StackMeasurement>();
        var progress = new StepProgress(options.Progress, runs.Length * setting.StepsPerRun);
        try
        {
            Parallel.ForEach(
                Partitioner.Create(Enumerable.Range(0, runs.Length), EnumerablePartitionerOptions.NoBuffering),
                sideBySide ? options.ParallelOptions : one,
                index =>
                {
                    if (!measurements.TryTake(out StackMeasurement? measurement))
                    {
                        measurement = StackMeasurement.Create(options.Precision, setting.Network, inRun);
                    }

                    runs[index] = CandidateRun.Execute(
                        candidates[index / options.SeedCount],
                        index % options.SeedCount,
                        options,
                        setting,
                        measurement,
                        inRun,
                        progress);
                    measurements.Add(measurement);
                });
        }
        catch (AggregateException errors) when (errors.InnerExceptions.OfType<InitToolsException>().Any())
        {
            ExceptionDispatchInfo.Throw(errors.InnerExceptions.OfType<InitToolsException>().First());
        }

        return runs;
    }
}
