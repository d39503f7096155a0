using System.Numerics;

namespace InitTools.Kernels;

/// <summary>
/// Matrix product C = A B. Each element of C is one chain of fused multiply-adds over all k in ascending order,
/// starting from 0 or from the value in C: c = fma(a_ik, b_kj, c). So the bits depend neither on the kernel nor on
/// block sizes nor on the number of threads.
/// </summary>
/// <remarks>
/// Blocked as by Goto and van de Geijn (ACM TOMS 34, 2008): panels of A and B are packed so that the innermost loop
/// reads them in order, k is cut in blocks whose panels stay in cache, and each block continues from the value already
/// in C. Error of an element: k units in the last place of the sum of |a_ik b_kj| at most.
/// </remarks>
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
    /// <exception cref="OperationCanceledException">Cancelled; C holds part of the result.</exception>
    public static unsafe void Multiply<T>(
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

        // Vectors run along the lines of C: where these are its columns, C^T = B^T A^T has the same chains.
        if (result.ColumnStride != 1)
        {
            Multiply(right.Transposed, left.Transposed, result.Transposed, accumulate, options);
            return;
        }

        fixed (T* a = left.Values, b = right.Values, c = result.Values)
        {
            var work = new MatrixProductWork<T>(
                new StridedMatrix<T>(a, left.RowStride, left.ColumnStride),
                new StridedMatrix<T>(b, right.RowStride, right.ColumnStride),
                new StridedMatrix<T>(c, result.RowStride, 1),
                left.Rows,
                right.Columns,
                left.Columns,
                accumulate,
                options);
            LaneDispatch.Run<MatrixProductWork<T>, T>(ref work);
        }
    }
}
