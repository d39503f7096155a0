using static InitTools.Analysis.Wording;

namespace InitTools.Analysis;

/// <summary>
/// The rules for what multiplies: weights and embeddings. Values that no training mends come first, then the spread,
/// which is compared with that of every known scheme (<see cref="SpreadRules"/>).
/// </summary>
internal static class WeightRules
{
    // By chance fewer than one tensor in a thousand has a repeated row.
    private const double LikelyRepetition = 1e-3;

    private static readonly string[] s_zeroByDesign =
    [
        "lora_b", "lora_up", "lora.up", "zero", "adaln", "ada_ln", "modulation", "proj_out", "out_layers",
        "final_layer",
    ];

    /// <summary>Judges a weight or an embedding whose elements are finite.</summary>
    public static void Judge(Assessment assessment, TestedNetwork network)
    {
        TensorFigures figures = assessment.Figures;
        if (figures.IsConstant)
        {
            JudgeConstant(assessment);
            return;
        }

        string? structure = Structure.Of(assessment.Tensor);
        if (structure is null)
        {
            ZeroRows(assessment);
        }

        if (structure is null || assessment.Tensor.Recipe is null)
        {
            Duplicates(assessment, FindingKind.DuplicateRows, figures.Rows, "rows", network.Thresholds);
            Duplicates(assessment, FindingKind.DuplicateColumns, figures.Columns, "columns", network.Thresholds);
        }

        SpreadRules.Judge(assessment, network, structure);
    }

    private static void JudgeConstant(Assessment assessment)
    {
        TestedTensor tensor = assessment.Tensor;
        double value = tensor.Figures.Moments.Minimum;
        if (value != 0)
        {
            assessment.Detected = value == 1 ? "Ones" : $"Constant(value={Text(value)})";
            bool isOne = tensor.Tensor.Count == 1;
            assessment.Add(
                FindingKind.Constant,
                isOne ? FindingSeverity.Information : FindingSeverity.Error,
                value,
                "elements that differ",
                isOne
                    ? $"The only element is {Text(value)}"
                    : $"All elements are {Text(value)}: units are alike and stay alike, as their gradients are",
                "Draw the weights at random, as by HeNormal or GlorotUniform.");
            return;
        }

        assessment.Detected = "Zeros";
        string? reason = ReasonForZeros(tensor);
        assessment.Add(
            FindingKind.AllZero,
            reason is not null ? FindingSeverity.Information
                // Rows that are looked up one at a time learn apart.
                : tensor.Role == WeightRole.Embedding ? FindingSeverity.Warning
                : FindingSeverity.Error,
            0,
            reason is null ? "elements that differ" : "0",
            reason ?? "Every element is 0: the layer passes on no signal, no gradient reaches the layers before it, "
                + "and its units are alike",
            "Draw the weights at random; zeros are for biases and for the last layer of a residual branch.");
    }

    /// <summary>Why a weight may begin at 0, or null.</summary>
    private static string? ReasonForZeros(TestedTensor tensor)
    {
        string? sign = s_zeroByDesign.FirstOrDefault(
            part => tensor.Tensor.Name.Contains(part, StringComparison.OrdinalIgnoreCase));
        return sign switch
        {
            not null when sign.StartsWith("lora", StringComparison.Ordinal) =>
                "Every element is 0, as LoRA's second factor begins: the adapter adds nothing at first",
            not null => $"Every element is 0, as a branch called '{sign}' begins: it adds nothing at first",
            _ => TensorRoles.OfLayer(tensor.Names.LayerName) switch
            {
                TensorRole.Residual => "Every element is 0, as the end of a residual branch may begin: the block is "
                    + "the identity at first",
                TensorRole.Output => "Every element is 0, as an output layer may begin: all outputs are alike at "
                    + "first, and their gradients differ",
                _ => null,
            },
        };
    }

    private static void ZeroRows(Assessment assessment)
    {
        if (assessment.Figures.Rows is not { ZeroCount: > 0 } rows)
        {
            return;
        }

        bool isEmbedding = assessment.Tensor.Role == WeightRole.Embedding;
        string which = $"{Count(rows.ZeroCount, "row is", "rows are")} 0, the first of them row {rows.FirstZero}";
        assessment.Add(
            FindingKind.ZeroRows,
            isEmbedding ? FindingSeverity.Information : FindingSeverity.Warning,
            rows.ZeroCount,
            isEmbedding ? "0, or the rows of padding" : "0",
            isEmbedding ? $"{which}, as that of padding is" : which,
            "Draw these rows as the others are drawn.");
    }

    private static void Duplicates(
        Assessment assessment, FindingKind kind, AxisFigures? groups, string name, SoundnessThresholds thresholds)
    {
        if (groups is not { DuplicateCount: > 0 } || CanRepeatByChance(groups, assessment.Tensor.Tensor.GetDType()))
        {
            return;
        }

        double share = (double)groups.DuplicateCount / (groups.Count - groups.ZeroCount);
        double root = Math.Round(Math.Sqrt(groups.CopyCount));
        bool isUpsampling = groups.CopyCount > 1 && root * root == groups.CopyCount && assessment.Tensor.Shape.Rank > 2;
        string repeat = groups.DuplicateCount == 1 ? "repeats another" : "repeat others";
        string which = $"{groups.DuplicateCount} of {groups.Count} {name} {repeat} to the last bit, first "
            + $"{groups.FirstDuplicate} and {groups.FirstOriginal}";
        assessment.Add(
            kind,
            isUpsampling ? FindingSeverity.Information
                : share > thresholds.DuplicateFraction ? FindingSeverity.Error
                : FindingSeverity.Warning,
            groups.DuplicateCount,
            "0",
            isUpsampling
                ? $"{which}: {groups.CopyCount} of each, as ICNR makes them for upsampling by {root:0}"
                : $"{which}: units that are alike and receive the same gradient stay alike",
            "Draw every row and column for itself; a copied block is often a slip of slicing.");
    }

    /// <summary>Whether short groups of few digits are expected to meet.</summary>
    private static bool CanRepeatByChance(AxisFigures groups, DType dtype)
    {
        double expected = (double)groups.Count * groups.Count / 2;
        for (long i = 0; i < groups.GroupLength && expected > LikelyRepetition; i++)
        {
            expected *= 2 * SchemeMatch.RoundingOf(dtype);
        }

        return expected > LikelyRepetition;
    }
}
