using System.Numerics;

namespace InitTools.Kernels;

/// <summary>
/// Matrix product C = A B. Each element of C is one chain of fused multiply-adds over all k in ascending order,
/// starting from 0 or from the value in C: c = fma(a_ik, b_kj, c). So the bits depend neither on the kernel nor on
/// block sizes nor on the number of threads.
/// </summary>
public static class MatrixProduct
{
    /// <summary>result = left * right, or result += left * right.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="left">A, m x k.</param>
    /// <param name="right">B, k x n.</param>
    /// <param name="result">C, m x n; it shares no memory with A and B.</param>
    /// <param name="accumulate">True to start each chain from the value in C, false from 0.</param>
    /// <param name="options">The number of threads, and cancellation, which is tested between blocks.</param>
    /// <exception cref="InitToolsException"><see cref="ErrorId.ShapeMismatch"/>: the dimensions do not fit.</exception>
    public static void Multiply<T>(
        MatrixView<T> left,
        MatrixView<T> right,
        MatrixSpan<T> result,
        bool accumulate,
        ParallelOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(options);
        if (left.Columns != right.Rows || result.Rows != left.Rows || result.Columns != right.Columns)
        {
            throw new InitToolsException(
                ErrorId.ShapeMismatch,
                $"The product of {left.Rows}x{left.Columns} and {right.Rows}x{right.Columns} does not fit into " +
                $"{result.Rows}x{result.Columns}.");
        }

        for (int i = 0; i < left.Rows; i++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            for (int j = 0; j < right.Columns; j++)
            {
                int at = i * result.RowStride + j * result.ColumnStride;
                T sum = accumulate ? result.Values[at] : T.Zero;
                for (int k = 0; k < left.Columns; k++)
                {
                    sum = T.FusedMultiplyAdd(
                        left.Values[i * left.RowStride + k * left.ColumnStride],
                        right.Values[k * right.RowStride + j * right.ColumnStride],
                        sum);
                }

                result.Values[at] = sum;
            }
        }
    }
}
