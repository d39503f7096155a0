using static InitTools.Analysis.Wording;

namespace InitTools.Analysis;

/// <summary>
/// Tells whether tensors are a sound beginning of training, from their values: one finding for each problem, and one
/// that says how the tensor was made where there is none. docs/soundness.md lists the rules.
/// </summary>
public static class SoundnessTest
{
    // Few elements of few digits can meet by chance.
    private const double LikelyRepetition = 1e-9;

    /// <summary>The findings, tensor by tensor in their order, the most severe of a tensor first.</summary>
    /// <param name="tensors">All tensors of a network, as some tell something of others.</param>
    /// <param name="options">How they are tested.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: a threshold is none; <see cref="ErrorId.TensorNotFound"/>: no tensors.
    /// </exception>
    /// <exception cref="InvalidDataException">A file does not hold what its header says.</exception>
    public static IReadOnlyList<WeightFinding> Run(IReadOnlyList<WeightTensor> tensors, SoundnessOptions options)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(options);
        options.Thresholds.Validate();
        if (tensors.Count == 0)
        {
            // Nothing found of nothing would pass for a sound network.
            string place = options.Path.Length == 0 ? "" : $" in '{options.Path}'";
            throw new InitToolsException(
                ErrorId.TensorNotFound,
                $"There are no weight tensors to test{place}; one or more are needed.",
                options.Path);
        }

        TestedNetwork network = new(Look(tensors, options), options.Thresholds);
        Assessment[] assessments =
            [.. network.Tensors.Select(tensor => new Assessment(tensor, options.Path))];
        foreach (Assessment assessment in assessments)
        {
            Judge(assessment, network);
        }

        FindIdentical(assessments);
        if (options.Regenerate)
        {
            foreach (Assessment assessment in assessments)
            {
                RecipeProof.Judge(assessment, options.ParallelOptions);
            }
        }

        return [.. assessments.SelectMany(assessment => assessment.Conclude())];
    }

    private static TestedTensor[] Look(IReadOnlyList<WeightTensor> tensors, SoundnessOptions options)
    {
        var tested = new TestedTensor[tensors.Count];
        double total = tensors.Sum(tensor => (double)tensor.Count);
        double done = 0;
        object gate = new();
        try
        {
            // Each tensor is read by one thread from end to end.
            Parallel.For(0, tensors.Count, options.ParallelOptions, i =>
            {
                tested[i] = new TestedTensor(
                    tensors[i], options.Layout, options.ParallelOptions.CancellationToken);
                lock (gate)
                {
                    done += tensors[i].Count;
                    options.Progress?.Report(done / total);
                }
            });
        }
        catch (AggregateException exception)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        return tested;
    }

    private static void Judge(Assessment assessment, TestedNetwork network)
    {
        TensorFigures figures = assessment.Figures;
        if (figures.Moments.NonFiniteCount > 0)
        {
            assessment.Add(
                FindingKind.NonFinite,
                FindingSeverity.Error,
                figures.Moments.NonFiniteCount,
                "0",
                $"{Count(figures.Moments.NonFiniteCount, "element is", "elements are")} NaN or infinite, the first of "
                + $"them element {figures.FirstNonFinite}",
                "Nothing that such an element touches is a number; make the weights anew.");
            return;
        }

        switch (assessment.Tensor.Role)
        {
            case WeightRole.Bias:
                VectorRules.JudgeBias(assessment, network);
                break;
            case WeightRole.Norm:
                VectorRules.JudgeScale(assessment, network);
                break;
            default:
                WeightRules.Judge(assessment, network);
                break;
        }
    }

    /// <summary>IdenticalTensors: the same elements as an earlier tensor, constants left out.</summary>
    private static void FindIdentical(IEnumerable<Assessment> assessments)
    {
        Dictionary<(ulong Hash, long Count), Assessment> seen = [];
        foreach (Assessment assessment in assessments)
        {
            WeightTensor tensor = assessment.Tensor.Tensor;
            if (assessment.Figures.IsConstant || IsShort(tensor)
                || seen.TryAdd((assessment.Figures.Hash, tensor.Count), assessment))
            {
                continue;
            }

            Assessment first = seen[(assessment.Figures.Hash, tensor.Count)];
            bool isTied = tensor.Shape == first.Tensor.Tensor.Shape
                && (first.Tensor.Role == WeightRole.Embedding || assessment.Tensor.Role == WeightRole.Embedding);
            assessment.Add(
                FindingKind.IdenticalTensors,
                isTied ? FindingSeverity.Information : FindingSeverity.Warning,
                tensor.Count,
                "elements of its own",
                $"All elements are those of {first.Tensor.Tensor.Name}"
                + (isTied ? ": an embedding and an output layer that share their weights" : ""),
                "Draw each tensor from a seed or stream of its own.");
        }
    }

    private static bool IsShort(WeightTensor tensor)
    {
        double chance = 1;
        for (long i = 0; i < tensor.Count && chance > LikelyRepetition; i++)
        {
            chance *= 2 * SchemeMatch.RoundingOf(tensor.GetDType());
        }

        return chance > LikelyRepetition;
    }
}
