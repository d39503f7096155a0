namespace InitTools.Analysis;

/// <summary>
/// What training leaves behind and no initialization of independent elements has: directions in which the matrix is
/// large (eigenvalues of W W^T beyond Marchenko and Pastur's edge), and rows or columns that have outgrown others. Both
/// are sizes of effects, and never less than the five standard errors that sampling makes.
/// </summary>
/// <param name="Figure">The size of the effect.</param>
/// <param name="Expected">What independent elements show.</param>
/// <param name="Reason">One sentence.</param>
internal sealed record Training(double Figure, string Expected, string Reason)
{
    private const double StandardErrors = 5;

    // Tracy and Widom's law is beyond this twice in a million.
    private const double FarEdge = 6;

    // Other vectors, such as the frequencies of rotary positions, are what they are from the start.
    private static readonly string[] s_scales = ["weight", "gamma", "scale", "running_var", "moving_variance"];

    // Groups shorter than this have mean squares that differ anyway.
    private const int ShortestGroup = 8;

    /// <summary>
    /// Whether a tensor is the scale of a normalization, or holds its running variances, and its elements, all above 0,
    /// differ: an initialization has one number there, and each step of training moves each element by itself.
    /// </summary>
    public static bool HasMoved(TestedTensor tensor) =>
        tensor is { Role: WeightRole.Norm, Figures.IsConstant: false }
        && s_scales.Contains(tensor.Names.OwnName, StringComparer.OrdinalIgnoreCase)
        && tensor.Figures.Moments.NonFiniteCount == 0
        && tensor.Figures.Moments.Minimum > 0;

    /// <summary>The sign of training in a tensor, or null where there is none.</summary>
    public static Training? Of(TestedTensor tensor, SoundnessThresholds thresholds)
    {
        TensorFigures figures = tensor.Figures;
        bool isCopied = figures.Rows is { DuplicateCount: > 0 } || figures.Columns is { DuplicateCount: > 0 };
        if (figures.Matrix is not MatrixFigures matrix || isCopied || Structure.Of(tensor) is not null)
        {
            return null;
        }

        double limit = Math.Max(thresholds.TrainedEigenvalue, 1 + FarEdge * matrix.EdgeFluctuation);
        if (matrix.EigenvalueRatio > limit)
        {
            return new Training(
                matrix.EigenvalueRatio,
                $"at most {Wording.Text(limit)}",
                "The largest eigenvalue of W W^T is "
                + $"{Wording.Text(matrix.EigenvalueRatio)} times the edge of independent elements: the weights have "
                + "been trained");
        }

        return OfSpread(figures.Rows, "rows") ?? OfSpread(figures.Columns, "columns");

        Training? OfSpread(AxisFigures? groups, string name)
        {
            int count = groups is null ? 0 : groups.Count - groups.ZeroCount;
            if (count < 2 || groups!.GroupLength < ShortestGroup)
            {
                return null;
            }

            // A mean square of m elements has the relative variance (kurtosis - 1) / m; that of k groups is distributed
            // as chi-squared of k - 1 degrees of freedom, whose far end Wilson and Hilferty (1931) give.
            double sampling = (figures.Kurtosis - 1) / groups.GroupLength;
            double freedom = count - 1;
            double root = 1 - 2 / (9 * freedom)
                + StandardErrors * Math.Sqrt((1 + 6.0 / groups.GroupLength) * 2 / (9 * freedom));
            double most = Math.Max(
                sampling + thresholds.TrainedSpread * thresholds.TrainedSpread,
                sampling * freedom / count * (root * root * root));
            double limit = most - sampling;
            double excess = groups.MeanSquareVariance - sampling;
            return excess > limit
                ? new Training(
                    Math.Sqrt(excess),
                    $"at most {Wording.Text(Math.Sqrt(limit))}",
                    $"The mean squares of {name} differ by {Wording.Percent(Math.Sqrt(excess))} beyond what "
                    + "independent elements do: the weights have been trained")
                : null;
        }
    }
}
