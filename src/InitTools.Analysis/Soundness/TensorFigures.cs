using InitTools.Kernels;

namespace InitTools.Analysis;

/// <summary>What a look at all elements of a tensor shows, before any of it is judged.</summary>
internal sealed record TensorFigures
{
    /// <summary>Moments and extremes of all elements.</summary>
    public required Moments Moments { get; init; }

    /// <summary>The first element that is NaN or infinite, or -1.</summary>
    public required long FirstNonFinite { get; init; }

    /// <summary>A hash of all elements in their order.</summary>
    public required ulong Hash { get; init; }

    /// <summary>Elements other than 0 that are below the smallest normal number of the tensor's type.</summary>
    public required long SubnormalCount { get; init; }

    /// <summary>Elements other than 0 on the main diagonal of a matrix; 0 for other ranks.</summary>
    public required long DiagonalCount { get; init; }

    /// <summary>The groups of the first axis, or null for vectors and slices.</summary>
    public AxisFigures? Rows { get; init; }

    /// <summary>The groups of the last axis, or null for vectors and slices.</summary>
    public AxisFigures? Columns { get; init; }

    /// <summary>Elements outside rows of zeros: those that the following figures are of.</summary>
    public long Count { get; init; }

    /// <summary>Their mean.</summary>
    public double Mean { get; init; }

    /// <summary>Their population standard deviation.</summary>
    public double StandardDeviation { get; init; }

    /// <summary>Their kurtosis, 3 of a normal law; NaN where they have no variance.</summary>
    public double Kurtosis { get; init; } = double.NaN;

    /// <summary>How often the smallest value occurs.</summary>
    public long MinimumCount { get; init; }

    /// <summary>How often the largest value occurs.</summary>
    public long MaximumCount { get; init; }

    /// <summary>Some of them, evenly spaced, in ascending order.</summary>
    public double[] Sample { get; init; } = [];

    /// <summary>What the tensor shows as a matrix, or null for vectors, slices and constants.</summary>
    public MatrixFigures? Matrix { get; init; }

    /// <summary>Whether all elements are one finite number.</summary>
    public bool IsConstant => Moments.NonFiniteCount == 0 && Moments.Minimum == Moments.Maximum;

    /// <summary>
    /// The relative standard error of <see cref="StandardDeviation"/>: sqrt((kurtosis - 1) / (4 n)), with a kurtosis of
    /// 3 at the least, as that of a few elements is small by chance.
    /// </summary>
    public double StandardError => Math.Sqrt((Math.Max(3, Kurtosis) - 1) / (4.0 * Count));

    /// <summary>The share of elements that are 0, rows of zeros left out.</summary>
    public double ZeroShare =>
        Count == 0 ? 1 : (Moments.ZeroCount - (Moments.Count - Count)) / (double)Count;
}
