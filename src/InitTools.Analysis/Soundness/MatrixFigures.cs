using InitTools.Kernels;

namespace InitTools.Analysis;

/// <summary>What a tensor shows as a matrix of outputs and inputs: how its elements depend on one another.</summary>
/// <param name="EigenvalueRatio">
/// The largest eigenvalue of W W^T, mean taken off, over the edge (sqrt(rows) + sqrt(columns))^2 Var(w) at which
/// independent elements end (Marchenko and Pastur 1967); of an evenly spaced part where the matrix is large.
/// </param>
/// <param name="EdgeFluctuation">
/// The relative size of that edge's fluctuation, (1/sqrt(rows) + 1/sqrt(columns))^(1/3) / (sqrt(rows) + sqrt(columns))
/// (Johnstone 2001).
/// </param>
/// <param name="CosineRatio">
/// The mean squared cosine between vectors along the longer side, times their length: 1 for independent elements, 0 for
/// an orthogonal matrix; null where it was not looked at.
/// </param>
/// <param name="PairCount">The pairs of vectors that this is the mean over.</param>
/// <param name="OrthogonalityError">The largest element of |Q^T Q - I| for Q = W / gain.</param>
/// <param name="Gain">The root mean square length of the vectors along the longer side.</param>
internal sealed record MatrixFigures(
    double EigenvalueRatio,
    double EdgeFluctuation,
    double? CosineRatio,
    int PairCount,
    double OrthogonalityError,
    double Gain)
{
    private const int MostVectors = 64;
    private const int MostRows = 256;
    private const int MostColumns = 1024;
    private const int Iterations = 16;

    // Vectors longer than this are not compared: no orthogonal matrix of that size is made whole.
    private const long LongestVector = 1 << 20;
    private const long LargestCompacted = 1 << 20;

    /// <summary>The figures of a tensor that is not constant.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="layout">Where it is cut into a matrix.</param>
    /// <param name="isOnePlace">Whether a kernel has as many elements other than 0 as one of its places.</param>
    /// <param name="low">What smaller elements are taken for, so that none is a matrix of its own; see high.</param>
    /// <param name="high">What larger ones are taken for. The middle between the two is taken off.</param>
    /// <param name="options">Cancellation.</param>
    public static MatrixFigures Of(
        WeightTensor tensor, Layout layout, bool isOnePlace, double low, double high, ParallelOptions options)
    {
        TensorShape shape = tensor.GetShape();
        long rows = layout == Layout.OI ? shape[0] : shape.Count / shape[^1];
        long columns = shape.Count / rows;
        bool isWide = rows <= columns;
        MatrixSample part = MatrixSample.Read(
            tensor, rows, columns, isWide ? MostRows : MostColumns, isWide ? MostColumns : MostRows, options);
        (double ratio, double fluctuation) = LargestEigenvalue(part.Centred(low, high), options);
        double? cosines = null;
        int pairs = 0;
        double error = 0, gain = 0;
        if (isOnePlace && shape.Count <= LargestCompacted)
        {
            MatrixSample place = MatrixSample.Read(tensor, rows, columns, (int)rows, (int)columns, options)
                .WithoutZeroLines();
            (cosines, pairs, error, gain) = Cosines(place, place.Rows <= place.Columns, options);
        }
        else if (Math.Min(rows, columns) > 1 && Math.Max(rows, columns) <= LongestVector)
        {
            MatrixSample vectors = isWide
                ? MatrixSample.Read(tensor, rows, columns, MostVectors, (int)columns, options)
                : MatrixSample.Read(tensor, rows, columns, (int)rows, MostVectors, options);
            (cosines, pairs, error, gain) = Cosines(vectors, isWide, options);
        }

        return new MatrixFigures(ratio, fluctuation, cosines, pairs, error, gain);
    }

    /// <summary>By power iteration, which approaches the largest eigenvalue from below.</summary>
    private static (double Ratio, double Fluctuation) LargestEigenvalue(MatrixSample matrix, ParallelOptions options)
    {
        int rows = matrix.Rows;
        int columns = matrix.Columns;
        double total = 0;
        foreach (double value in matrix.Values)
        {
            total = Math.FusedMultiplyAdd(value, value, total);
        }

        double rootSum = Math.Sqrt(rows) + Math.Sqrt(columns);
        double edge = total / ((double)rows * columns) * rootSum * rootSum;
        if (!(edge > 0))
        {
            return (0, 0);
        }

        double[] right = new double[columns];
        double[] left = new double[rows];
        for (int j = 0; j < columns; j++)
        {
            right[j] = (AxisGroups.Mix(1, (ulong)j) & 1) == 0 ? 1 : -1;
        }

        var view = new MatrixView<double>(matrix.Values, rows, columns);
        double eigenvalue = 0;
        for (int i = 0; i < Iterations; i++)
        {
            double length = LengthOf(right);
            if (length == 0)
            {
                break;
            }

            MatrixProduct.Multiply(
                new MatrixView<double>(right, 1, columns),
                view.Transposed,
                new MatrixSpan<double>(left, 1, rows, rows, 1),
                false,
                options);
            MatrixProduct.Multiply(
                new MatrixView<double>(left, 1, rows),
                view,
                new MatrixSpan<double>(right, 1, columns, columns, 1),
                false,
                options);
            double image = LengthOf(left) / length;
            eigenvalue = image * image;
            double scale = LengthOf(right);
            for (int j = 0; j < columns && scale > 0; j++)
            {
                right[j] /= scale;
            }
        }

        double cube = DeterministicMath.Exp(DeterministicMath.Log(1 / Math.Sqrt(rows) + 1 / Math.Sqrt(columns)) / 3);
        return (eigenvalue / edge, cube / rootSum);
    }

    private static (double Ratio, int Pairs, double Error, double Gain) Cosines(
        MatrixSample vectors, bool areRows, ParallelOptions options)
    {
        int count = areRows ? vectors.Rows : vectors.Columns;
        int length = areRows ? vectors.Columns : vectors.Rows;
        var view = new MatrixView<double>(vectors.Values, vectors.Rows, vectors.Columns);
        MatrixView<double> lines = areRows ? view : view.Transposed;
        double[] products = new double[count * count];
        MatrixProduct.Multiply(
            lines, lines.Transposed, new MatrixSpan<double>(products, count, count, count, 1), false, options);
        double trace = 0;
        for (int i = 0; i < count; i++)
        {
            trace += products[i * count + i];
        }

        double squaredGain = trace / count;
        double squares = 0, error = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double cosine = products[i * count + j] / squaredGain - (i == j ? 1 : 0);
                error = Math.Max(error, Math.Abs(cosine));
                squares += i == j ? 0 : cosine * cosine;
            }
        }

        int pairs = count * (count - 1) / 2;
        return (pairs == 0 ? 1 : squares / pairs * length, pairs, error, Math.Sqrt(squaredGain));
    }

    private static double LengthOf(double[] vector)
    {
        double sum = 0;
        foreach (double value in vector)
        {
            sum = Math.FusedMultiplyAdd(value, value, sum);
        }

        return Math.Sqrt(sum);
    }
}
