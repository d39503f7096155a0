using System.Numerics;
using System.Runtime.CompilerServices;

namespace InitTools.Kernels;

/// <summary>
/// Random matrices of orthonormal columns or rows, all such matrices being equally likely (Haar measure): what the QR
/// factorization of a Gaussian matrix gives when R's diagonal is made positive, without the factorization.
/// </summary>
/// <remarks>
/// With m >= n and independent vectors x_j of m - j standard normal numbers, j = 0 ... n - 1, the matrix is
/// Q = H_0 H_1 ... H_(n-1) E: H_j is the Householder reflector that takes x_j, in the coordinates j ... m - 1, to a
/// multiple of the first, and E is the diagonal of that multiple's signs (Stewart 1980, The efficient generation of
/// random orthogonal matrices, SIAM J. Numer. Anal. 17). Where n > m the matrix is the transpose of such a Q.
/// Reflectors are applied <see cref="ReflectorBlock{T}.Length"/> at a time in the compact WY form (Schreiber and Van
/// Loan 1989), nearly all of which is <see cref="MatrixProduct"/>. Cost: 2 n^2 (m - n / 3) fused multiply-adds, half of
/// what factorizing takes. The bits depend on the stream alone: docs/reproducibility.md has the arithmetic.
/// </remarks>
public static class OrthogonalMatrix
{
    /// <summary>
    /// Makes gain * Q. Deviation of Q^T Q from the identity: some units in the last place, below 1e-6 in float32 and
    /// 1e-14 in float64 at 512 x 512.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>, the arithmetic.</typeparam>
    /// <param name="result">
    /// Where it goes: orthonormal columns where rows >= columns, else orthonormal rows, times the gain.
    /// </param>
    /// <param name="key">The stream, whose normal numbers of mean 0 and deviation 1 make the vectors.</param>
    /// <param name="gain">The factor, finite.</param>
    /// <param name="options">The number of threads, and cancellation, which is tested between blocks.</param>
    /// <exception cref="InitToolsException"><see cref="ErrorId.NonFiniteValue"/>: the gain.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the result holds nothing of use.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill<T>(MatrixSpan<T> result, StreamKey key, double gain, ParallelOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!double.IsFinite(gain))
        {
            throw new InitToolsException(
                ErrorId.NonFiniteValue,
                FormattableString.Invariant($"The gain is {gain}; it is a finite number."),
                gain);
        }

        MatrixSpan<T> q = result.Rows >= result.Columns ? result : result.Transposed;
        bool hasRowLines = q.ColumnStride == 1;
        int lines = hasRowLines ? q.Rows : q.Columns;
        int lineLength = hasRowLines ? q.Columns : q.Rows;
        int lineStride = hasRowLines ? q.RowStride : q.ColumnStride;
        for (int line = 0; line < lines; line++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            q.Values.Slice(line * lineStride, lineLength).Clear();
        }

        T scale = T.CreateTruncating(gain);
        var block = new ReflectorBlock<T>(q.Rows, q.Columns, key, options);
        const int Length = ReflectorBlock<T>.Length;
        for (int first = (q.Columns - 1) / Length * Length; first >= 0; first -= Length)
        {
            block.Draw(first);
            block.Apply(q, scale);
        }

        // Rounding may carry a matrix of few rows, some of whose numbers come near the gain, beyond it.
        T limit = T.Abs(scale);
        for (int line = 0; line < lines; line++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            Span<T> values = q.Values.Slice(line * lineStride, lineLength);
            Elementwise.Map(new ClampOperation(double.CreateTruncating(limit)), values, values);
        }
    }

    private readonly struct ClampOperation(double limit) : IUnaryOperation
    {
        public T Invoke<T>(T value)
            where T : struct, Lanes.ILanes<T> => T.Min(T.Max(value, T.Create(-limit)), T.Create(limit));
    }
}
