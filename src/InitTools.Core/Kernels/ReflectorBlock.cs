using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using InitTools.Kernels.Fills;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels;

/// <summary>
/// Some neighbouring Householder reflectors H_j = I - 2 v v^T / v^T v of random vectors, as one factor
/// I - V U^-1 V^T: V has the vectors for columns, and U is upper triangular with v_i^T v_j above its diagonal and
/// v_j^T v_j / 2 on it. Its memory is used again from block to block.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="rows">m, the length of the first vector of all.</param>
/// <param name="columns">n, the number of all vectors.</param>
/// <param name="key">The stream.</param>
/// <param name="options">The number of threads, and cancellation.</param>
internal sealed class ReflectorBlock<T>(int rows, int columns, StreamKey key, ParallelOptions options)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// The number of reflectors in a block, but for the last one of a matrix. A part of the specification.
    /// </summary>
    public const int Length = 64;

    // A normal number costs about as much as this many fused multiply-adds of the matrix product.
    private const int WorkPerNumber = 64;

    private static readonly SelectedLaw<T> s_normal = LawSelection.Normal<T>(0, 1);

    // V^T: vector r is row r, from element r on; zeros before it.
    private readonly T[] _vectors = new T[Math.Min(Length, columns) * rows];
    private readonly T[] _halfSquares = new T[Length];
    private readonly T[] _signs = new T[Length];
    private readonly T[] _triangle = new T[Length * Length];
    private readonly T[] _negatedInverse = new T[Length * Length];
    private readonly T[] _projections = new T[Math.Min(Length, columns) * columns];
    private readonly T[] _corrections = new T[Math.Min(Length, columns) * columns];
    private int _first;
    private int _count;

    private int VectorLength => rows - _first;

    private MatrixView<T> Vectors => new(_vectors, _count, VectorLength);

    /// <summary>Draws the vectors from one on, as many as make a block, and makes U^-1.</summary>
    public void Draw(int first)
    {
        _first = first;
        _count = Math.Min(Length, columns - first);
        long work = (long)_count * VectorLength * WorkPerNumber;
        ParallelWork.ForEach(_count, work, options, DrawVector);
        MatrixProduct.Multiply(
            Vectors,
            Vectors.Transposed,
            new MatrixSpan<T>(_triangle, _count, _count, Length, 1),
            accumulate: false,
            options);
        var inversion = new InversionWork(_triangle, _halfSquares, _negatedInverse, _count);
        LaneDispatch.Run<InversionWork, T>(ref inversion);
    }

    /// <summary>
    /// Multiplies the part of Q that the block reaches, from its first row and column on, by the block's factor. The
    /// block's own columns of Q come in here, as gain times the signs on the diagonal; what is right of them is zero
    /// in the block's rows.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(MatrixSpan<T> q, T gain)
    {
        int width = columns - _first;
        MatrixSpan<T> projections = new(_projections, _count, width);
        var scaling = new MultiplyOperation();
        for (int r = 0; r < _count; r++)
        {
            _signs[r] *= gain;
            q.Values[(_first + r) * (q.RowStride + q.ColumnStride)] = _signs[r];
        }

        for (int r = 0; r < _count; r++)
        {
            Span<T> head = _projections.AsSpan(r * width, _count);
            _vectors.AsSpan(r * VectorLength, _count).CopyTo(head);
            Elementwise.Update(scaling, _signs.AsSpan(0, _count), head);
        }

        if (width > _count)
        {
            int height = VectorLength - _count;
            MatrixProduct.Multiply(
                Vectors.Part(0, _count, _count, height),
                q.View.Part(_first + _count, _first + _count, height, width - _count),
                projections.Part(0, _count, _count, width - _count),
                accumulate: false,
                options);
        }

        MatrixSpan<T> corrections = new(_corrections, _count, width);
        MatrixProduct.Multiply(
            new MatrixView<T>(_negatedInverse, _count, _count, Length, 1),
            projections.View,
            corrections,
            accumulate: false,
            options);
        MatrixProduct.Multiply(
            Vectors.Transposed,
            corrections.View,
            q.Part(_first, _first, VectorLength, width),
            accumulate: true,
            options);
    }

    // x becomes v = x + sign(x_0) |x| e_0, whose reflector takes x to -sign(x_0) |x| e_0.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DrawVector(int r)
    {
        Span<T> row = _vectors.AsSpan(r * VectorLength, VectorLength);
        row[..r].Clear();
        Span<T> vector = row[r..];
        long index = _first + r;
        s_normal.Draw(new FillRequest<T>(vector, key, index * rows + index));
        double squares = SquareSum.Of<T>(vector);
        double head = DoubleSums.ToDouble(vector[0]);
        bool isNegative = head < 0;

        // A number alone has no direction but its sign, and a vector of zeros, should one ever be drawn, counts as e_0.
        if (vector.Length == 1 || squares == 0)
        {
            head = isNegative ? -1 : 1;
            squares = 1;
        }

        double norm = Math.Sqrt(squares);
        vector[0] = T.CreateTruncating(isNegative ? head - norm : head + norm);
        double rounded = DoubleSums.ToDouble(vector[0]);
        double tail = squares - head * head;
        _halfSquares[r] = T.CreateTruncating(0.5 * Math.FusedMultiplyAdd(rounded, rounded, tail));
        _signs[r] = isNegative ? T.One : -T.One;
    }

    private readonly struct MultiplyOperation : IBinaryOperation
    {
        public TLanes Invoke<TLanes>(TLanes left, TLanes right)
            where TLanes : struct, ILanes<TLanes> => left * right;
    }

    // N = -U^-1 by back substitution, row by row from the last: N_ij = -(e_ij + sum over k > i of U_ik N_kj) / U_ii,
    // one fused chain over ascending k for each element. Lanes run along the rows.
    private readonly ref struct InversionWork(T[] triangle, T[] diagonal, T[] negatedInverse, int count) : ILaneWork
    {
        private readonly T[] _triangle = triangle;
        private readonly T[] _diagonal = diagonal;
        private readonly T[] _negatedInverse = negatedInverse;
        private readonly int _count = count;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Run<TLanes, TTail, TElement>()
            where TLanes : struct, ILanes<TLanes, TElement>
            where TTail : struct, ILanes<TTail, TElement>
            where TElement : unmanaged
        {
            ref TElement u = ref Unsafe.As<T, TElement>(ref MemoryMarshal.GetArrayDataReference(_triangle));
            ref TElement d = ref Unsafe.As<T, TElement>(ref MemoryMarshal.GetArrayDataReference(_diagonal));
            ref TElement n = ref Unsafe.As<T, TElement>(ref MemoryMarshal.GetArrayDataReference(_negatedInverse));
            _negatedInverse.AsSpan().Clear();
            for (int i = _count - 1; i >= 0; i--)
            {
                _negatedInverse[i * Length + i] = T.One;
                TLanes diagonal = -TLanes.Broadcast(Unsafe.Add(ref d, i));
                for (int j = 0; j < Length; j += TLanes.Count)
                {
                    TLanes sum = TLanes.Load(ref n, i * Length + j);
                    for (int k = i + 1; k < _count; k++)
                    {
                        TLanes factor = TLanes.Broadcast(Unsafe.Add(ref u, i * Length + k));
                        sum = TLanes.FusedMultiplyAdd(factor, TLanes.Load(ref n, k * Length + j), sum);
                    }

                    TLanes.Store(sum / diagonal, ref n, i * Length + j);
                }
            }
        }
    }
}
