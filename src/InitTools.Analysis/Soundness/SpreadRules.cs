using static InitTools.Analysis.Wording;

namespace InitTools.Analysis;

/// <summary>
/// The rules for how the elements of a weight are spread: which scheme made them, or how far the nearest one is. Sizes
/// of effects decide; five standard errors of sampling are allowed on top. What training does to a sound weight is
/// Information.
/// </summary>
internal static class SpreadRules
{
    private const double StandardErrors = 5;

    // In a network that has been trained some tensor meets some scheme by chance, unless it is of many elements.
    private const int FewestInTrained = 1024;
    private const double SmallestOrthogonalGain = 0.01;

    // tanh's, the largest that PyTorch's table has.
    private const double LargestOrthogonalGain = 5.0 / 3;

    /// <summary>Judges the spread.</summary>
    /// <param name="assessment">Where findings go.</param>
    /// <param name="network">What the tensor stands in.</param>
    /// <param name="structure">The structured initializer that made it, or null.</param>
    public static void Judge(Assessment assessment, TestedNetwork network, string? structure)
    {
        TestedTensor tensor = assessment.Tensor;
        SoundnessThresholds thresholds = network.Thresholds;
        Precision(assessment, thresholds, structure);
        if (structure is not null)
        {
            assessment.Detected = structure;
            Orthogonality(assessment, thresholds, FindingSeverity.Warning);
            Report(assessment, "", []);
            return;
        }

        IReadOnlyList<KnownScheme> schemes = KnownSchemes.Of(
            tensor, TestedNetwork.IsResidualEnd(tensor) ? network.ResidualBranches : 0);
        Training? training = network.TrainingOf(tensor);
        SchemeMatch? match = training is null && (!network.IsTrained || tensor.Figures.Count >= FewestInTrained)
            ? SchemeMatch.Of(schemes, tensor.Figures, tensor.Tensor.GetDType())
            : null;
        if (match is not null)
        {
            assessment.Detected = match.Scheme.Initializer.ToString();
            assessment.DetectedLayout = LayoutOf(match.Scheme, tensor);
            assessment.Fit = match.Fit;
        }

        if (training is not null)
        {
            assessment.Add(
                FindingKind.Trained, FindingSeverity.Information, training.Figure, training.Expected, training.Reason);
        }

        FindingSeverity? alarm = training is not null || network.IsTrained ? FindingSeverity.Information : null;
        if (match is not { Scheme.Standing: SchemeStanding.Measure or SchemeStanding.Sound })
        {
            Deviation(assessment, schemes, match, thresholds, alarm);
        }

        if (tensor.Figures.Count >= SchemeMatch.FewestElements)
        {
            Mean(assessment, thresholds, alarm);
            Clipped(assessment, thresholds, alarm);
            HeavyTails(assessment, thresholds, alarm);
        }

        if (match is not null)
        {
            Report(assessment, match.Scheme.Use, match.Others);
        }
        else if (assessment.IsEmpty)
        {
            string unknown = $"The standard deviation is {Text(tensor.Figures.StandardDeviation)}, and no known scheme "
                + $"makes these {Count(tensor.Figures.Count, "element", "elements")}";
            assessment.Add(
                network.IsTrained ? FindingKind.Trained : FindingKind.StandardDeviation,
                FindingSeverity.Information,
                tensor.Figures.StandardDeviation,
                "",
                network.IsTrained ? $"{unknown}: they stand in a network that has been trained" : unknown);
        }
    }

    /// <summary>Says what made a tensor of which nothing else is to be said.</summary>
    private static void Report(Assessment assessment, string use, IReadOnlyList<KnownScheme> others)
    {
        if (!assessment.IsEmpty)
        {
            return;
        }

        string[] names =
        [
            .. others.Select(other => other.Initializer.ToString()).Distinct()
                .Where(name => name != assessment.Detected),
        ];
        assessment.Add(
            FindingKind.Detected,
            FindingSeverity.Information,
            assessment.Figures.StandardDeviation,
            "",
            $"The elements are as {assessment.Detected} makes them"
            + (assessment.DetectedLayout.Length > 0 ? $" in layout {assessment.DetectedLayout}" : "")
            + (use.Length > 0 ? $", {use}" : "")
            + (names.Length > 0 ? $"; for this shape the same law as {string.Join(", ", names)}" : ""));
    }

    /// <summary>StandardDeviation: far from that of every scheme which is a measure for others.</summary>
    private static void Deviation(
        Assessment assessment,
        IReadOnlyList<KnownScheme> schemes,
        SchemeMatch? match,
        SoundnessThresholds thresholds,
        FindingSeverity? alarm)
    {
        TestedTensor tensor = assessment.Tensor;
        double deviation = tensor.Figures.StandardDeviation;
        KnownScheme? nearest = schemes.Where(scheme => scheme.Standing == SchemeStanding.Measure)
            .MinBy(scheme => SchemeMatch.FactorOf(deviation, scheme.Law.StandardDeviation));
        if (nearest is null)
        {
            return;
        }

        double expected = nearest.Law.StandardDeviation;
        double factor = SchemeMatch.FactorOf(deviation, expected);
        bool isLarge = deviation > expected;
        double allowed = thresholds.StandardDeviationFactor;
        double limit = allowed * (1 + StandardErrors * tensor.Figures.StandardError);

        // A few elements may all be small by chance, and not all be large.
        if (factor <= limit || (!isLarge && tensor.Figures.Count < SchemeMatch.FewestElements))
        {
            return;
        }

        string layout = LayoutOf(nearest, tensor);
        string name = nearest.Initializer + (layout.Length > 0 ? $" in layout {layout}" : "");
        assessment.Add(
            FindingKind.StandardDeviation,
            alarm ?? (factor > limit * thresholds.ErrorFactor ? FindingSeverity.Error : FindingSeverity.Warning),
            deviation,
            $"{Text(expected / allowed)} to {Text(expected * allowed)}",
            $"The standard deviation {Text(deviation)}{(match is null ? "" : $" of {assessment.Detected}")} is "
            + (isLarge ? Text(factor) : $"1/{Text(factor)}")
            + $" times that of the nearest known scheme, {name}: {Text(expected)}",
            (isLarge ? "Signals grow from layer to layer, or saturate: " : "Signals fade from layer to layer: ")
                + (tensor.Role == WeightRole.Weight
                    ? "take HeNormal before relu and its kin, GlorotUniform before tanh."
                    : $"take {nearest.Initializer}."));
    }

    /// <summary>Mean: off zero by a share of a standard deviation.</summary>
    private static void Mean(Assessment assessment, SoundnessThresholds thresholds, FindingSeverity? alarm)
    {
        TensorFigures figures = assessment.Figures;
        double shift = Math.Abs(figures.Mean) / figures.StandardDeviation;
        double limit = thresholds.MeanShift + StandardErrors / Math.Sqrt(figures.Count);
        if (shift > limit)
        {
            assessment.Add(
                FindingKind.Mean,
                alarm ?? (shift > limit * thresholds.ErrorFactor ? FindingSeverity.Error : FindingSeverity.Warning),
                figures.Mean,
                $"{Text(-limit * figures.StandardDeviation)} to {Text(limit * figures.StandardDeviation)}",
                $"The mean {Text(figures.Mean)} is {Text(shift)} standard deviations off 0",
                "Units then add up their inputs' mean; draw from a law that is symmetric about 0.");
        }
    }

    /// <summary>Clipped: more elements at an extreme than rounding puts there.</summary>
    private static void Clipped(Assessment assessment, SoundnessThresholds thresholds, FindingSeverity? alarm)
    {
        TensorFigures figures = assessment.Figures;
        long most = Math.Max(figures.MinimumCount, figures.MaximumCount);
        double rounded = SchemeMatch.RoundingOf(assessment.Tensor.Tensor.GetDType()) * figures.Count;
        bool isAtZero = (most == figures.MinimumCount ? figures.Moments.Minimum : figures.Moments.Maximum) == 0;
        double share = (double)(figures.MinimumCount + figures.MaximumCount) / figures.Count;
        if (!isAtZero && most > rounded + StandardErrors * Math.Sqrt(rounded) + 2 && share > thresholds.ClippedFraction)
        {
            assessment.Add(
                FindingKind.Clipped,
                alarm ?? FindingSeverity.Warning,
                share,
                $"at most {Percent(thresholds.ClippedFraction)}",
                $"{Percent(share)} of the elements are exactly {Text(figures.Moments.Minimum)} or "
                + $"{Text(figures.Moments.Maximum)}, the smallest and the largest value",
                "The values were clipped after they were drawn; a truncated normal law is drawn within its bounds.");
        }
    }

    /// <summary>HeavyTails: a kurtosis beyond that of Laplace's law.</summary>
    private static void HeavyTails(Assessment assessment, SoundnessThresholds thresholds, FindingSeverity? alarm)
    {
        TensorFigures figures = assessment.Figures;
        double limit = thresholds.Kurtosis + StandardErrors * Math.Sqrt(24.0 / figures.Count);
        if (figures.Kurtosis > limit)
        {
            double largest = Math.Max(Math.Abs(figures.Moments.Minimum), Math.Abs(figures.Moments.Maximum));
            assessment.Add(
                FindingKind.HeavyTails,
                alarm ?? FindingSeverity.Warning,
                figures.Kurtosis,
                $"at most {Text(limit)}",
                $"The kurtosis is {Text(figures.Kurtosis)}, where a normal law has 3: the largest element lies "
                + $"{Text(largest / figures.StandardDeviation)} standard deviations out",
                "Single elements outweigh the others; look for damaged values, or for outliers of a trained network.");
        }
    }

    /// <summary>
    /// Orthogonality: vectors that are nearly orthonormal, and not quite; or a gain that no layer asks for.
    /// </summary>
    private static void Orthogonality(Assessment assessment, SoundnessThresholds thresholds, FindingSeverity severity)
    {
        if (!Structure.IsNearlyOrthogonal(assessment.Tensor))
        {
            return;
        }

        MatrixFigures matrix = assessment.Figures.Matrix!;
        if (matrix.OrthogonalityError > thresholds.OrthogonalityError)
        {
            assessment.Add(
                FindingKind.Orthogonality,
                severity,
                matrix.OrthogonalityError,
                $"at most {Text(thresholds.OrthogonalityError)}",
                "The matrix is nearly orthogonal: the largest element of |Q^T Q - I| is "
                + Text(matrix.OrthogonalityError),
                "Make it orthogonal again, or store it in a wider type.");
        }

        double factor = thresholds.StandardDeviationFactor;
        if (matrix.Gain > LargestOrthogonalGain * factor || matrix.Gain < SmallestOrthogonalGain / factor)
        {
            assessment.Add(
                FindingKind.StandardDeviation,
                severity,
                matrix.Gain,
                $"{Text(SmallestOrthogonalGain / factor)} to {Text(LargestOrthogonalGain * factor)}",
                $"The matrix is orthogonal with the gain {Text(matrix.Gain)}, by which it multiplies its signals",
                "Take the gain of the activation, such as 1 or sqrt(2).");
        }
    }

    /// <summary>Precision: elements below the type's smallest normal number, and those that became 0.</summary>
    private static void Precision(Assessment assessment, SoundnessThresholds thresholds, string? structure)
    {
        TensorFigures figures = assessment.Figures;
        double share = (double)figures.SubnormalCount / figures.Count;
        if (figures.SubnormalCount > 0 && structure is null)
        {
            // Beside elements that have lost digits, zeros are those that have lost all.
            share += figures.ZeroShare;
        }

        if (share > thresholds.LostFraction)
        {
            assessment.Add(
                FindingKind.Precision,
                FindingSeverity.Warning,
                share,
                $"at most {Percent(thresholds.LostFraction)}",
                $"{Percent(share)} of the elements lie below the smallest normal number of "
                + $"{assessment.Tensor.Tensor.DType} and have lost digits, or all of them",
                "Store the weights as BFloat16 or Float32, or begin with larger ones.");
        }
    }

    // Where both layouts have the same law, none of them was recognized.
    private static string LayoutOf(KnownScheme scheme, TestedTensor tensor) =>
        scheme.Initializer.NeedsFans && tensor.FansIn(Layout.IO) is Fans io && tensor.FansIn(Layout.OI) is Fans oi
            && io.FanIn != oi.FanIn
                ? Layouts.Spellings.NameOf(scheme.Layout)
                : "";
}
