using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels;

/// <summary>
/// The innermost loops of the matrix product: a block of C held in registers while k runs over packed panels. Element
/// (r, j) of the block gets c = fma(a_rk, b_kj, c) for ascending k, in one chain that starts from 0 or from the value
/// in C.
/// </summary>
/// <remarks>
/// left: depth times the rows' elements of column k of A; right: depth times two vectors of row k of B. The rows are as
/// many as keep the sums, two vectors of B and one of A in 32 registers (14) or in 16 (6).
/// </remarks>
internal static class MatrixMicrokernel
{
    /// <summary>14 rows by two vectors: 28 sums in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static unsafe void Rows14<TLanes, T>(
        nint depth,
        T* left,
        T* right,
        T* result,
        nint resultStride,
        bool accumulate)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged
    {
        TLanes zero = TLanes.Create(0);
        TLanes c0L = zero, c0R = zero;
        TLanes c1L = zero, c1R = zero;
        TLanes c2L = zero, c2R = zero;
        TLanes c3L = zero, c3R = zero;
        TLanes c4L = zero, c4R = zero;
        TLanes c5L = zero, c5R = zero;
        TLanes c6L = zero, c6R = zero;
        TLanes c7L = zero, c7R = zero;
        TLanes c8L = zero, c8R = zero;
        TLanes c9L = zero, c9R = zero;
        TLanes c10L = zero, c10R = zero;
        TLanes c11L = zero, c11R = zero;
        TLanes c12L = zero, c12R = zero;
        TLanes c13L = zero, c13R = zero;
        if (accumulate)
        {
            T* line = result;
            c0L = TLanes.Load(ref *line, 0);
            c0R = TLanes.Load(ref *line, TLanes.Count);
            line += resultStride;
            c1L = TLanes.Load(ref *line, 0);
            c1R = TLanes.Load(ref *line, TLanes.Count);
            line += resultStride;
            c2L = TLanes.Load(ref *line, 0);
            c2R = TLanes.Load(ref *line, TLanes.Count);
            line += resultStride;
            c3L = TLanes.Load(ref *line, 0);
            c3R = TLanes.Load(ref *line, TLanes.Count);
            line += resultStride;
            c4L = TLanes.Load(ref *line, 0);
            c4R = TLanes.Load(ref *line, TLanes.Count);
            line += resultStride;
            c5L = TLanes.Load(ref *line, 0);
            c5R = TLanes.Load(ref *line, TLanes.Count);
            line += resultStride;
            c6L = TLanes.Load(ref *line, 0);
            c6R = TLanes.Load(ref *line, TLanes.Count);
            line += resultStride;
            c7L = TLanes.Load(ref *line, 0);
            c7R = TLanes.Load(ref *line, TLanes.Count);
            line += resultStride;
            c8L = TLanes.Load(ref *line, 0);
            c8R = TLanes.Load(ref *line, TLanes.Count);
            line += resultStride;
            c9L = TLanes.Load(ref *line, 0);
            c9R = TLanes.Load(ref *line, TLanes.Count);
            line += resultStride;
            c10L = TLanes.Load(ref *line, 0);
            c10R = TLanes.Load(ref *line, TLanes.Count);
            line += resultStride;
            c11L = TLanes.Load(ref *line, 0);
            c11R = TLanes.Load(ref *line, TLanes.Count);
            line += resultStride;
            c12L = TLanes.Load(ref *line, 0);
            c12R = TLanes.Load(ref *line, TLanes.Count);
            line += resultStride;
            c13L = TLanes.Load(ref *line, 0);
            c13R = TLanes.Load(ref *line, TLanes.Count);
        }

        for (nint k = 0; k < depth; k++)
        {
            TLanes bL = TLanes.Load(ref *right, 0);
            TLanes bR = TLanes.Load(ref *right, TLanes.Count);
            TLanes a;
            a = TLanes.Broadcast(left[0]);
            c0L = TLanes.FusedMultiplyAdd(a, bL, c0L);
            c0R = TLanes.FusedMultiplyAdd(a, bR, c0R);
            a = TLanes.Broadcast(left[1]);
            c1L = TLanes.FusedMultiplyAdd(a, bL, c1L);
            c1R = TLanes.FusedMultiplyAdd(a, bR, c1R);
            a = TLanes.Broadcast(left[2]);
            c2L = TLanes.FusedMultiplyAdd(a, bL, c2L);
            c2R = TLanes.FusedMultiplyAdd(a, bR, c2R);
            a = TLanes.Broadcast(left[3]);
            c3L = TLanes.FusedMultiplyAdd(a, bL, c3L);
            c3R = TLanes.FusedMultiplyAdd(a, bR, c3R);
            a = TLanes.Broadcast(left[4]);
            c4L = TLanes.FusedMultiplyAdd(a, bL, c4L);
            c4R = TLanes.FusedMultiplyAdd(a, bR, c4R);
            a = TLanes.Broadcast(left[5]);
            c5L = TLanes.FusedMultiplyAdd(a, bL, c5L);
            c5R = TLanes.FusedMultiplyAdd(a, bR, c5R);
            a = TLanes.Broadcast(left[6]);
            c6L = TLanes.FusedMultiplyAdd(a, bL, c6L);
            c6R = TLanes.FusedMultiplyAdd(a, bR, c6R);
            a = TLanes.Broadcast(left[7]);
            c7L = TLanes.FusedMultiplyAdd(a, bL, c7L);
            c7R = TLanes.FusedMultiplyAdd(a, bR, c7R);
            a = TLanes.Broadcast(left[8]);
            c8L = TLanes.FusedMultiplyAdd(a, bL, c8L);
            c8R = TLanes.FusedMultiplyAdd(a, bR, c8R);
            a = TLanes.Broadcast(left[9]);
            c9L = TLanes.FusedMultiplyAdd(a, bL, c9L);
            c9R = TLanes.FusedMultiplyAdd(a, bR, c9R);
            a = TLanes.Broadcast(left[10]);
            c10L = TLanes.FusedMultiplyAdd(a, bL, c10L);
            c10R = TLanes.FusedMultiplyAdd(a, bR, c10R);
            a = TLanes.Broadcast(left[11]);
            c11L = TLanes.FusedMultiplyAdd(a, bL, c11L);
            c11R = TLanes.FusedMultiplyAdd(a, bR, c11R);
            a = TLanes.Broadcast(left[12]);
            c12L = TLanes.FusedMultiplyAdd(a, bL, c12L);
            c12R = TLanes.FusedMultiplyAdd(a, bR, c12R);
            a = TLanes.Broadcast(left[13]);
            c13L = TLanes.FusedMultiplyAdd(a, bL, c13L);
            c13R = TLanes.FusedMultiplyAdd(a, bR, c13R);
            left += 14;
            right += 2 * TLanes.Count;
        }

        TLanes.Store(c0L, ref *result, 0);
        TLanes.Store(c0R, ref *result, TLanes.Count);
        result += resultStride;
        TLanes.Store(c1L, ref *result, 0);
        TLanes.Store(c1R, ref *result, TLanes.Count);
        result += resultStride;
        TLanes.Store(c2L, ref *result, 0);
        TLanes.Store(c2R, ref *result, TLanes.Count);
        result += resultStride;
        TLanes.Store(c3L, ref *result, 0);
        TLanes.Store(c3R, ref *result, TLanes.Count);
        result += resultStride;
        TLanes.Store(c4L, ref *result, 0);
        TLanes.Store(c4R, ref *result, TLanes.Count);
        result += resultStride;
        TLanes.Store(c5L, ref *result, 0);
        TLanes.Store(c5R, ref *result, TLanes.Count);
        result += resultStride;
        TLanes.Store(c6L, ref *result, 0);
        TLanes.Store(c6R, ref *result, TLanes.Count);
        result += resultStride;
        TLanes.Store(c7L, ref *result, 0);
        TLanes.Store(c7R, ref *result, TLanes.Count);
        result += resultStride;
        TLanes.Store(c8L, ref *result, 0);
        TLanes.Store(c8R, ref *result, TLanes.Count);
        result += resultStride;
        TLanes.Store(c9L, ref *result, 0);
        TLanes.Store(c9R, ref *result, TLanes.Count);
        result += resultStride;
        TLanes.Store(c10L, ref *result, 0);
        TLanes.Store(c10R, ref *result, TLanes.Count);
        result += resultStride;
        TLanes.Store(c11L, ref *result, 0);
        TLanes.Store(c11R, ref *result, TLanes.Count);
        result += resultStride;
        TLanes.Store(c12L, ref *result, 0);
        TLanes.Store(c12R, ref *result, TLanes.Count);
        result += resultStride;
        TLanes.Store(c13L, ref *result, 0);
        TLanes.Store(c13R, ref *result, TLanes.Count);
    }

    /// <summary>6 rows by two vectors: 12 sums in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static unsafe void Rows6<TLanes, T>(
        nint depth,
        T* left,
        T* right,
        T* result,
        nint resultStride,
        bool accumulate)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged
    {
        TLanes zero = TLanes.Create(0);
        TLanes c0L = zero, c0R = zero;
        TLanes c1L = zero, c1R = zero;
        TLanes c2L = zero, c2R = zero;
        TLanes c3L = zero, c3R = zero;
        TLanes c4L = zero, c4R = zero;
        TLanes c5L = zero, c5R = zero;
        if (accumulate)
        {
            T* line = result;
            c0L = TLanes.Load(ref *line, 0);
            c0R = TLanes.Load(ref *line, TLanes.Count);
            line += resultStride;
            c1L = TLanes.Load(ref *line, 0);
            c1R = TLanes.Load(ref *line, TLanes.Count);
            line += resultStride;
            c2L = TLanes.Load(ref *line, 0);
            c2R = TLanes.Load(ref *line, TLanes.Count);
            line += resultStride;
            c3L = TLanes.Load(ref *line, 0);
            c3R = TLanes.Load(ref *line, TLanes.Count);
            line += resultStride;
            c4L = TLanes.Load(ref *line, 0);
            c4R = TLanes.Load(ref *line, TLanes.Count);
            line += resultStride;
            c5L = TLanes.Load(ref *line, 0);
            c5R = TLanes.Load(ref *line, TLanes.Count);
        }

        for (nint k = 0; k < depth; k++)
        {
            TLanes bL = TLanes.Load(ref *right, 0);
            TLanes bR = TLanes.Load(ref *right, TLanes.Count);
            TLanes a;
            a = TLanes.Broadcast(left[0]);
            c0L = TLanes.FusedMultiplyAdd(a, bL, c0L);
            c0R = TLanes.FusedMultiplyAdd(a, bR, c0R);
            a = TLanes.Broadcast(left[1]);
            c1L = TLanes.FusedMultiplyAdd(a, bL, c1L);
            c1R = TLanes.FusedMultiplyAdd(a, bR, c1R);
            a = TLanes.Broadcast(left[2]);
            c2L = TLanes.FusedMultiplyAdd(a, bL, c2L);
            c2R = TLanes.FusedMultiplyAdd(a, bR, c2R);
            a = TLanes.Broadcast(left[3]);
            c3L = TLanes.FusedMultiplyAdd(a, bL, c3L);
            c3R = TLanes.FusedMultiplyAdd(a, bR, c3R);
            a = TLanes.Broadcast(left[4]);
            c4L = TLanes.FusedMultiplyAdd(a, bL, c4L);
            c4R = TLanes.FusedMultiplyAdd(a, bR, c4R);
            a = TLanes.Broadcast(left[5]);
            c5L = TLanes.FusedMultiplyAdd(a, bL, c5L);
            c5R = TLanes.FusedMultiplyAdd(a, bR, c5R);
            left += 6;
            right += 2 * TLanes.Count;
        }

        TLanes.Store(c0L, ref *result, 0);
        TLanes.Store(c0R, ref *result, TLanes.Count);
        result += resultStride;
        TLanes.Store(c1L, ref *result, 0);
        TLanes.Store(c1R, ref *result, TLanes.Count);
        result += resultStride;
        TLanes.Store(c2L, ref *result, 0);
        TLanes.Store(c2R, ref *result, TLanes.Count);
        result += resultStride;
        TLanes.Store(c3L, ref *result, 0);
        TLanes.Store(c3R, ref *result, TLanes.Count);
        result += resultStride;
        TLanes.Store(c4L, ref *result, 0);
        TLanes.Store(c4R, ref *result, TLanes.Count);
        result += resultStride;
        TLanes.Store(c5L, ref *result, 0);
        TLanes.Store(c5R, ref *result, TLanes.Count);
    }
}
