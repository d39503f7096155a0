namespace InitTools.Analysis;

/// <summary>Initializations whose elements depend on one another or on their place, told by what they are.</summary>
internal static class Structure
{
    // Mean squared cosines of fewer pairs are small by chance.
    private const int FewestPairs = 28;
    private const double SmallCosineRatio = 0.25;
    private const double ExactCosineRatio = 1e-6;
    private const double LargestLengthError = 0.5;
    private const double DeviationTolerance = 1.05;

    /// <summary>The expression of the structured initializer that the tensor is made by, or null.</summary>
    public static string? Of(TestedTensor tensor)
    {
        TensorFigures figures = tensor.Figures;
        if (figures.IsConstant || figures.Moments.NonFiniteCount > 0)
        {
            return null;
        }

        if (tensor.Recipe?.GetInitializer() is { } own
            && tensor.LawOf(own, tensor.Layout) is StructuredLaw law
            && SchemeMatch.FactorOf(figures.Moments.StandardDeviation, law.StandardDeviation) <= DeviationTolerance)
        {
            return own.ToString();
        }

        return figures.Matrix is MatrixFigures matrix ? OfSingleValues(tensor) ?? OfMatrix(tensor, matrix) : null;
    }

    /// <summary>Whether rows or columns are nearly orthogonal, which independent elements are not.</summary>
    public static bool IsNearlyOrthogonal(TestedTensor tensor) => tensor.Figures.Matrix is MatrixFigures matrix
        && matrix.CosineRatio is double ratio
        && matrix.PairCount > 0
        && ratio < (matrix.PairCount >= FewestPairs ? SmallCosineRatio : ExactCosineRatio)
        && matrix.OrthogonalityError < LargestLengthError;

    /// <summary>Identity and Dirac: a few elements of one value, all others 0.</summary>
    private static string? OfSingleValues(TestedTensor tensor)
    {
        TensorFigures figures = tensor.Figures;
        long single = figures.Moments.Count - figures.Moments.ZeroCount;
        double value = figures.Moments.Maximum == 0 ? figures.Moments.Minimum : figures.Moments.Maximum;
        bool isOneValue = Math.Min(Math.Abs(figures.Moments.Minimum), Math.Abs(figures.Moments.Maximum)) == 0
            && Math.Abs(figures.Moments.SecondMoment * figures.Moments.Count - single * value * value)
                <= 1e-9 * single * value * value;
        if (!isOneValue || single != Math.Min(tensor.Inputs, tensor.Outputs))
        {
            return null;
        }

        return tensor.Shape.Rank > 2 ? "Dirac"
            : figures.DiagonalCount == single ? With("Identity", "gain", value, 1)
            : null;
    }

    private static string? OfMatrix(TestedTensor tensor, MatrixFigures matrix)
    {
        TensorFigures figures = tensor.Figures;
        long single = figures.Moments.Count - figures.Moments.ZeroCount;
        if (IsNearlyOrthogonal(tensor))
        {
            bool isCentre = tensor.Shape.Rank > 2 && single == tensor.Inputs * tensor.Outputs;
            return With(isCentre ? "DeltaOrthogonal" : "Orthogonal", "gain", matrix.Gain, 1);
        }

        // Rows of padding put a zero into each column as well.
        if (tensor.Shape.Rank == 2 && figures.Columns?.ZerosPerGroup is long zeros && zeros < tensor.Shape[0]
            && zeros > figures.Rows!.ZeroCount)
        {
            double share = (double)zeros / tensor.Shape[0];
            double deviation = Math.Sqrt(figures.Moments.SecondMoment / (1 - share));
            return $"Sparse(sparsity={Wording.Text(share)}, stddev={Wording.Text(deviation)})";
        }

        return null;
    }

    private static string With(string name, string argument, double value, double usual) =>
        Math.Abs(value / usual - 1) < 1e-3 ? name : $"{name}({argument}={Wording.Text(value)})";
}
