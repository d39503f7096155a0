using static InitTools.Analysis.Wording;

namespace InitTools.Analysis;

/// <summary>
/// The rules for what is added and for what scales: biases, normalizations and their running statistics.
/// </summary>
internal static class VectorRules
{
    /// <summary>Judges a bias whose elements are finite.</summary>
    public static void JudgeBias(Assessment assessment, TestedNetwork network)
    {
        TestedTensor tensor = assessment.Tensor;
        TensorFigures figures = tensor.Figures;
        double largest = Math.Max(Math.Abs(figures.Moments.Minimum), Math.Abs(figures.Moments.Maximum));
        if (figures.IsConstant)
        {
            double value = figures.Moments.Minimum;
            assessment.Detected = value == 0 ? "Zeros" : $"Constant(value={Text(value)})";
            assessment.Add(
                value == 0 ? FindingKind.Detected : FindingKind.NonZeroBias,
                FindingSeverity.Information,
                value,
                "0",
                value == 0 ? "The bias is 0" : $"All elements of the bias are {Text(value)}");
            return;
        }

        if (ForgetGate(tensor) is string forget)
        {
            assessment.Detected = forget;
            assessment.Add(
                FindingKind.NonZeroBias,
                FindingSeverity.Information,
                Math.Sqrt(figures.Moments.SecondMoment),
                "0, or the forget gate's",
                "The bias is that of an LSTM which begins by remembering");
            return;
        }

        double? bound = BoundOf(tensor, network);
        string reaches = $"The bias reaches {Text(largest)}";
        if (network.IsTrained || network.WeightsBeside(tensor).Any(weight => network.TrainingOf(weight) is not null))
        {
            Add(FindingSeverity.Information, $"{reaches}, in a network that has been trained");
        }
        else if (bound is double drawn && largest <= drawn * (1 + SchemeMatch.RoundingOf(tensor.Tensor.GetDType())))
        {
            string text = Text(drawn);
            assessment.Detected = $"RandomUniform(minimum=-{text}, maximum={text})";
            Add(FindingSeverity.Information, $"{reaches}, within the 1/sqrt(fan_in) = {text} of PyTorch's draws");
        }
        else
        {
            double factor = largest / (bound ?? 1);
            Add(
                factor > network.Thresholds.StandardDeviationFactor
                    ? FindingSeverity.Warning
                    : FindingSeverity.Information,
                bound is null ? reaches : $"{reaches}, {Text(factor)} times the 1/sqrt(fan_in) of PyTorch's draws",
                "Begin with biases of 0.");
        }

        void Add(FindingSeverity severity, string reason, string advice = "") => assessment.Add(
            FindingKind.NonZeroBias,
            severity,
            Math.Sqrt(figures.Moments.SecondMoment),
            bound is double most ? $"0, or at most {Text(most)}" : "0",
            reason,
            advice);
    }

    /// <summary>Judges a scale, or a running statistic, whose elements are finite.</summary>
    public static void JudgeScale(Assessment assessment, TestedNetwork network)
    {
        TestedTensor tensor = assessment.Tensor;
        TensorFigures figures = tensor.Figures;
        if (figures.IsConstant)
        {
            JudgeConstantScale(assessment, network);
            return;
        }

        // What only its rank makes a scale, such as a learned vector, may be anything.
        bool isAlarm = WeightRoles.IsNormalization(tensor.Names) && !network.IsTrained
            && !TestedNetwork.IsStatistic(tensor);
        string figuresText =
            $"Mean {Text(figures.Moments.Mean)}, standard deviation {Text(figures.Moments.StandardDeviation)}";
        assessment.Add(
            network.IsTrained ? FindingKind.Trained : FindingKind.Scale,
            isAlarm ? FindingSeverity.Warning : FindingSeverity.Information,
            figures.Moments.Mean,
            isAlarm ? "1" : "",
            network.IsTrained ? $"{figuresText}: begun at one number, and trained"
                : isAlarm ? $"{figuresText}, where a scale begins at 1 everywhere"
                : figuresText,
            "Begin with scales of 1.");
    }

    private static void JudgeConstantScale(Assessment assessment, TestedNetwork network)
    {
        double value = assessment.Figures.Moments.Minimum;
        assessment.Detected = value switch
        {
            0 => "Zeros",
            1 => "Ones",
            _ => $"Constant(value={Text(value)})",
        };
        bool isStatistic = TestedNetwork.IsStatistic(assessment.Tensor);
        bool isDead = value == 0 && !isStatistic && !network.HasScales;
        assessment.Add(
            value == 0 ? FindingKind.AllZero : FindingKind.Constant,
            isDead ? FindingSeverity.Warning : FindingSeverity.Information,
            value,
            isStatistic ? "0 or 1" : "1",
            isStatistic ? $"Running statistics that begin at {Text(value)}"
                : isDead ? "Every scale of the network is 0, so that no normalization lets a signal pass"
                : value == 0 ? "The scale is 0, as that of a residual branch may begin: the block is the identity"
                : $"The scale is {Text(value)} everywhere",
            "Begin with scales of 1, unless the layers add 1 to theirs.");
    }

    /// <summary>The largest |bias| that PyTorch draws beside the layer's weight; null where there is none.</summary>
    private static double? BoundOf(TestedTensor bias, TestedNetwork network)
    {
        double[] bounds =
        [
            .. KnownSchemes.RecurrentBounds(bias),
            .. network.WeightsBeside(bias).SelectMany(weight => weight.Layouts
                .Select(layout => weight.FansIn(layout)?.FanIn)
                .OfType<long>()
                .Select(fanIn => 1 / Math.Sqrt(fanIn))),
        ];
        double largest = Math.Max(Math.Abs(bias.Figures.Moments.Minimum), Math.Abs(bias.Figures.Moments.Maximum));
        double[] holding = [.. bounds.Where(bound => largest <= bound)];
        return holding.Length > 0 ? holding.Min() : bounds.Length > 0 ? bounds.Max() : null;
    }

    /// <summary>A bias of four gates, one of which has one number other than 0; or null.</summary>
    private static string? ForgetGate(TestedTensor tensor)
    {
        TensorFigures figures = tensor.Figures;
        long units = tensor.Tensor.Count / 4;
        double value = figures.Moments.Maximum > 0 ? figures.Moments.Maximum : figures.Moments.Minimum;
        bool isOneGate = tensor.Tensor.Count % 4 == 0
            && figures.Moments.Count - figures.Moments.ZeroCount == units
            && (value == figures.Moments.Maximum ? figures.MaximumCount : figures.MinimumCount) == units;
        return isOneGate ? $"LstmBias(forget={Text(value)})" : null;
    }
}
