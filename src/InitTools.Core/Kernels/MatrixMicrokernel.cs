using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels;

/// <summary>
/// The innermost loops of the matrix product: a block of C held in registers while k runs over packed panels. Element
/// (r, j) of the block gets c = fma(a_rk, b_kj, c) for ascending k, in one chain that starts from 0 or from the value
/// in C.
/// </summary>
/// <remarks>
/// left: depth times the rows' elements of column k of A; right: depth times two vectors of row k of B. The rows are as
/// many as keep the sums, two vectors of B and one of A in 32 registers (14) or in 16 (6). ahead: what is needed after
/// this block, brought to the second-level cache.
/// </remarks>
internal static class MatrixMicrokernel
{
    /// <summary>How often the loop of so many rows turns, each time with one line of what is ahead.</summary>
    public static int Turns(int rows, int depth) => rows == 14 ? depth : Math.Max(1, depth / 8);

    /// <summary>14 rows by two vectors of 512 bits: 28 sums in registers.</summary>
    /// <remarks>
    /// Written on the vectors themselves: behind the lanes' wrapper the JIT copies a register for every second sum.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static unsafe void Rows14<T>(
        nint depth,
        T* left,
        T* right,
        T* result,
        nint resultStride,
        bool accumulate,
        LinesAhead ahead)
        where T : unmanaged
    {
        Vector512<T> zero = Vector512<T>.Zero;
        Vector512<T> c0L = zero, c0R = zero;
        Vector512<T> c1L = zero, c1R = zero;
        Vector512<T> c2L = zero, c2R = zero;
        Vector512<T> c3L = zero, c3R = zero;
        Vector512<T> c4L = zero, c4R = zero;
        Vector512<T> c5L = zero, c5R = zero;
        Vector512<T> c6L = zero, c6R = zero;
        Vector512<T> c7L = zero, c7R = zero;
        Vector512<T> c8L = zero, c8R = zero;
        Vector512<T> c9L = zero, c9R = zero;
        Vector512<T> c10L = zero, c10R = zero;
        Vector512<T> c11L = zero, c11R = zero;
        Vector512<T> c12L = zero, c12R = zero;
        Vector512<T> c13L = zero, c13R = zero;
        if (accumulate)
        {
            T* line = result;
            c0L = Vector512.Load(line);
            c0R = Vector512.Load(line + Vector512<T>.Count);
            line += resultStride;
            c1L = Vector512.Load(line);
            c1R = Vector512.Load(line + Vector512<T>.Count);
            line += resultStride;
            c2L = Vector512.Load(line);
            c2R = Vector512.Load(line + Vector512<T>.Count);
            line += resultStride;
            c3L = Vector512.Load(line);
            c3R = Vector512.Load(line + Vector512<T>.Count);
            line += resultStride;
            c4L = Vector512.Load(line);
            c4R = Vector512.Load(line + Vector512<T>.Count);
            line += resultStride;
            c5L = Vector512.Load(line);
            c5R = Vector512.Load(line + Vector512<T>.Count);
            line += resultStride;
            c6L = Vector512.Load(line);
            c6R = Vector512.Load(line + Vector512<T>.Count);
            line += resultStride;
            c7L = Vector512.Load(line);
            c7R = Vector512.Load(line + Vector512<T>.Count);
            line += resultStride;
            c8L = Vector512.Load(line);
            c8R = Vector512.Load(line + Vector512<T>.Count);
            line += resultStride;
            c9L = Vector512.Load(line);
            c9R = Vector512.Load(line + Vector512<T>.Count);
            line += resultStride;
            c10L = Vector512.Load(line);
            c10R = Vector512.Load(line + Vector512<T>.Count);
            line += resultStride;
            c11L = Vector512.Load(line);
            c11R = Vector512.Load(line + Vector512<T>.Count);
            line += resultStride;
            c12L = Vector512.Load(line);
            c12R = Vector512.Load(line + Vector512<T>.Count);
            line += resultStride;
            c13L = Vector512.Load(line);
            c13R = Vector512.Load(line + Vector512<T>.Count);
        }

        byte* next = ahead.First;
        for (nint k = 0; k < depth; k++)
        {
            Vector512<T> bL = Vector512.Load(right);
            Vector512<T> bR = Vector512.Load(right + Vector512<T>.Count);
            Vector512<T> a;
            a = Vector512.Create(left[0]);
            c0L = FusedMultiplyAdd(a, bL, c0L);
            c0R = FusedMultiplyAdd(a, bR, c0R);
            a = Vector512.Create(left[1]);
            c1L = FusedMultiplyAdd(a, bL, c1L);
            c1R = FusedMultiplyAdd(a, bR, c1R);
            a = Vector512.Create(left[2]);
            c2L = FusedMultiplyAdd(a, bL, c2L);
            c2R = FusedMultiplyAdd(a, bR, c2R);
            a = Vector512.Create(left[3]);
            c3L = FusedMultiplyAdd(a, bL, c3L);
            c3R = FusedMultiplyAdd(a, bR, c3R);
            a = Vector512.Create(left[4]);
            c4L = FusedMultiplyAdd(a, bL, c4L);
            c4R = FusedMultiplyAdd(a, bR, c4R);
            a = Vector512.Create(left[5]);
            c5L = FusedMultiplyAdd(a, bL, c5L);
            c5R = FusedMultiplyAdd(a, bR, c5R);
            a = Vector512.Create(left[6]);
            c6L = FusedMultiplyAdd(a, bL, c6L);
            c6R = FusedMultiplyAdd(a, bR, c6R);
            a = Vector512.Create(left[7]);
            c7L = FusedMultiplyAdd(a, bL, c7L);
            c7R = FusedMultiplyAdd(a, bR, c7R);
            a = Vector512.Create(left[8]);
            c8L = FusedMultiplyAdd(a, bL, c8L);
            c8R = FusedMultiplyAdd(a, bR, c8R);
            a = Vector512.Create(left[9]);
            c9L = FusedMultiplyAdd(a, bL, c9L);
            c9R = FusedMultiplyAdd(a, bR, c9R);
            a = Vector512.Create(left[10]);
            c10L = FusedMultiplyAdd(a, bL, c10L);
            c10R = FusedMultiplyAdd(a, bR, c10R);
            a = Vector512.Create(left[11]);
            c11L = FusedMultiplyAdd(a, bL, c11L);
            c11R = FusedMultiplyAdd(a, bR, c11R);
            a = Vector512.Create(left[12]);
            c12L = FusedMultiplyAdd(a, bL, c12L);
            c12R = FusedMultiplyAdd(a, bR, c12R);
            a = Vector512.Create(left[13]);
            c13L = FusedMultiplyAdd(a, bL, c13L);
            c13R = FusedMultiplyAdd(a, bR, c13R);
            Cache.PrefetchSecondLevel(next);
            next += ahead.Stride;
            left += 14;
            right += 2 * Vector512<T>.Count;
        }

        c0L.Store(result);
        c0R.Store(result + Vector512<T>.Count);
        result += resultStride;
        c1L.Store(result);
        c1R.Store(result + Vector512<T>.Count);
        result += resultStride;
        c2L.Store(result);
        c2R.Store(result + Vector512<T>.Count);
        result += resultStride;
        c3L.Store(result);
        c3R.Store(result + Vector512<T>.Count);
        result += resultStride;
        c4L.Store(result);
        c4R.Store(result + Vector512<T>.Count);
        result += resultStride;
        c5L.Store(result);
        c5R.Store(result + Vector512<T>.Count);
        result += resultStride;
        c6L.Store(result);
        c6R.Store(result + Vector512<T>.Count);
        result += resultStride;
        c7L.Store(result);
        c7R.Store(result + Vector512<T>.Count);
        result += resultStride;
        c8L.Store(result);
        c8R.Store(result + Vector512<T>.Count);
        result += resultStride;
        c9L.Store(result);
        c9R.Store(result + Vector512<T>.Count);
        result += resultStride;
        c10L.Store(result);
        c10R.Store(result + Vector512<T>.Count);
        result += resultStride;
        c11L.Store(result);
        c11R.Store(result + Vector512<T>.Count);
        result += resultStride;
        c12L.Store(result);
        c12R.Store(result + Vector512<T>.Count);
        result += resultStride;
        c13L.Store(result);
        c13R.Store(result + Vector512<T>.Count);
    }

    /// <summary>6 rows by two vectors: 12 sums in registers.</summary>
    /// <remarks>
    /// Eight steps of k a turn: with 12 sums only, the loop's own instructions would keep the multiplier waiting on a
    /// core that another thread shares.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static unsafe void Rows6<TLanes, T>(
        nint depth,
        T* left,
        T* right,
        T* result,
        nint resultStride,
        bool accumulate,
        LinesAhead ahead)
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

        byte* next = ahead.First;
        nint k = 0;
        for (; k <= depth - 8; k += 8)
        {
            Add(left, right,
                ref c0L, ref c0R, ref c1L, ref c1R, ref c2L, ref c2R,
                ref c3L, ref c3R, ref c4L, ref c4R, ref c5L, ref c5R);
            Add(left + 6, right + 2 * TLanes.Count,
                ref c0L, ref c0R, ref c1L, ref c1R, ref c2L, ref c2R,
                ref c3L, ref c3R, ref c4L, ref c4R, ref c5L, ref c5R);
            Add(left + 12, right + 4 * TLanes.Count,
                ref c0L, ref c0R, ref c1L, ref c1R, ref c2L, ref c2R,
                ref c3L, ref c3R, ref c4L, ref c4R, ref c5L, ref c5R);
            Add(left + 18, right + 6 * TLanes.Count,
                ref c0L, ref c0R, ref c1L, ref c1R, ref c2L, ref c2R,
                ref c3L, ref c3R, ref c4L, ref c4R, ref c5L, ref c5R);
            Add(left + 24, right + 8 * TLanes.Count,
                ref c0L, ref c0R, ref c1L, ref c1R, ref c2L, ref c2R,
                ref c3L, ref c3R, ref c4L, ref c4R, ref c5L, ref c5R);
            Add(left + 30, right + 10 * TLanes.Count,
                ref c0L, ref c0R, ref c1L, ref c1R, ref c2L, ref c2R,
                ref c3L, ref c3R, ref c4L, ref c4R, ref c5L, ref c5R);
            Add(left + 36, right + 12 * TLanes.Count,
                ref c0L, ref c0R, ref c1L, ref c1R, ref c2L, ref c2R,
                ref c3L, ref c3R, ref c4L, ref c4R, ref c5L, ref c5R);
            Add(left + 42, right + 14 * TLanes.Count,
                ref c0L, ref c0R, ref c1L, ref c1R, ref c2L, ref c2R,
                ref c3L, ref c3R, ref c4L, ref c4R, ref c5L, ref c5R);
            Cache.PrefetchSecondLevel(next);
            next += ahead.Stride;
            left += 48;
            right += 16 * TLanes.Count;
        }

        for (; k < depth; k++)
        {
            Add(left, right,
                ref c0L, ref c0R, ref c1L, ref c1R, ref c2L, ref c2R,
                ref c3L, ref c3R, ref c4L, ref c4R, ref c5L, ref c5R);
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

        // One step of k.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void Add(
            T* left,
            T* right,
            ref TLanes c0L, ref TLanes c0R, ref TLanes c1L, ref TLanes c1R, ref TLanes c2L, ref TLanes c2R,
            ref TLanes c3L, ref TLanes c3R, ref TLanes c4L, ref TLanes c4R, ref TLanes c5L, ref TLanes c5R)
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
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> FusedMultiplyAdd<T>(Vector512<T> left, Vector512<T> right, Vector512<T> addend) =>
        typeof(T) == typeof(float)
            ? Vector512.FusedMultiplyAdd(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>()
            : Vector512.FusedMultiplyAdd(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();
}
