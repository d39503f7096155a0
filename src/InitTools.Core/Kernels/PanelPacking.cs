using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace InitTools.Kernels;

/// <summary>
/// Copies lines of a strided matrix side by side into a panel: packed[k * width + line] = source[line, k], lines past
/// the last being 0. Moves values only, so that no path can change a bit.
/// </summary>
internal static unsafe class PanelPacking
{
    /// <summary>
    /// How many panels are filled side by side: neighbouring lines are read together, and the places that are written,
    /// a panel apart, fit into the ways of the first-level cache.
    /// </summary>
    public const int PanelsTogether = 4;

    // So many elements of each line are moved before the next lines, that the part of the panel stays in the cache.
    private const int DepthBlock = 64;

    // Rows that are copied are a whole line of the matrix apart, which the processor does not foresee.
    private const int RowsAhead = 8;

    /// <summary>Packs lines into as many panels as they fill, one after the other.</summary>
    /// <param name="source">Element 0 of the first line.</param>
    /// <param name="lineStride">Elements from a line to the next.</param>
    /// <param name="depthStride">Elements from one element of a line to the next.</param>
    /// <param name="lines">The number of lines.</param>
    /// <param name="width">The width of a panel.</param>
    /// <param name="depth">The length of the lines.</param>
    /// <param name="packed">The panels: width * depth elements each.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackPanels<T>(
        T* source,
        nint lineStride,
        nint depthStride,
        int lines,
        int width,
        int depth,
        T* packed)
        where T : unmanaged
    {
        int line = 0;
        while (lineStride == 1 && lines - line >= width)
        {
            int panels = Math.Min(PanelsTogether, (lines - line) / width);
            CopyPanels(source + line, depthStride, panels, width * sizeof(T), depth, packed + (nint)line * depth);
            line += panels * width;
        }

        for (; line < lines; line += width)
        {
            Pack(
                source + line * lineStride,
                lineStride,
                depthStride,
                Math.Min(width, lines - line),
                width,
                depth,
                packed + (nint)line * depth);
        }
    }

    /// <summary>Packs one panel.</summary>
    /// <param name="source">Element 0 of the first line.</param>
    /// <param name="lineStride">Elements from a line to the next.</param>
    /// <param name="depthStride">Elements from one element of a line to the next.</param>
    /// <param name="lines">The number of lines, at most the width.</param>
    /// <param name="width">The width of the panel.</param>
    /// <param name="depth">The length of the lines.</param>
    /// <param name="packed">The panel: width * depth elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Pack<T>(
        T* source,
        nint lineStride,
        nint depthStride,
        int lines,
        int width,
        int depth,
        T* packed)
        where T : unmanaged
    {
        if (lines < width)
        {
            new Span<T>(packed, width * depth).Clear();
        }

        if (lineStride == 1)
        {
            for (nint k = 0; k < depth; k++)
            {
                CopyBytes((byte*)(source + k * depthStride), (byte*)(packed + k * width), lines * sizeof(T));
            }

            return;
        }

        for (int k = 0; k < depth; k += DepthBlock)
        {
            PackTransposed(
                source + k * depthStride, lineStride, depthStride, lines, width, Math.Min(DepthBlock, depth - k),
                packed + (nint)k * width);
        }
    }

    // Neighbouring lines fill the panels: each row of the source is read from end to end.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void CopyPanels<T>(T* source, nint depthStride, int panels, int rowBytes, int depth, T* packed)
        where T : unmanaged
    {
        for (nint k = 0; k < depth; k++)
        {
            byte* from = (byte*)(source + k * depthStride);
            byte* to = (byte*)packed + k * rowBytes;
            PrefetchRow(from + RowsAhead * depthStride * sizeof(T), panels * rowBytes);
            for (int panel = 0; panel < panels; panel++)
            {
                CopyBytes(from, to, rowBytes);
                from += rowBytes;
                to += (nint)rowBytes * depth;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void PackTransposed<T>(
        T* source,
        nint lineStride,
        nint depthStride,
        int lines,
        int width,
        int depth,
        T* packed)
        where T : unmanaged
    {
        int together = LinesTogether<T>(lines);
        if (depthStride != 1 || together == 1)
        {
            for (int line = 0; line < lines; line++)
            {
                PackLine(source + line * lineStride, depthStride, depth, packed + line, width);
            }

            return;
        }

        // Each line is a stretch of memory of its own. Those below are the next panel's.
        for (int line = 0; line < lines; line++)
        {
            PrefetchRow((byte*)(source + (lines + line) * lineStride), depth * sizeof(T));
        }

        // The last group of lines may overlap the one before, writing the same values again.
        int whole = depth - depth % together;
        for (int end = together; ; end = Math.Min(end + together, lines))
        {
            T* from = source + (end - together) * lineStride;
            T* to = packed + (end - together);
            for (nint k = 0; k < whole; k += together)
            {
                Transpose(together, from + k, lineStride, to + k * width, width);
            }

            for (int line = 0; line < together; line++)
            {
                PackLine(from + line * lineStride + whole, 1, depth - whole, to + (nint)whole * width + line, width);
            }

            if (end == lines)
            {
                return;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchRow(byte* row, int length)
    {
        for (byte* line = row; line < row + length; line += Cache.LineLength)
        {
            Cache.Prefetch(line);
        }
    }

    // As many as a vector has elements, so that a square of them is transposed in registers.
    private static int LinesTogether<T>(int lines)
        where T : unmanaged
    {
        if (Avx.IsSupported && lines >= Vector256<T>.Count)
        {
            return Vector256<T>.Count;
        }

        return Sse2.IsSupported && lines >= Vector128<T>.Count ? Vector128<T>.Count : 1;
    }

    // The last vector may overlap the one before.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyBytes(byte* from, byte* to, int length)
    {
        if (Vector512.IsHardwareAccelerated && length >= 64)
        {
            for (nint i = 0; i < length - 64; i += 64)
            {
                Vector512.Load(from + i).Store(to + i);
            }

            Vector512.Load(from + length - 64).Store(to + length - 64);
        }
        else if (Vector256.IsHardwareAccelerated && length >= 32)
        {
            for (nint i = 0; i < length - 32; i += 32)
            {
                Vector256.Load(from + i).Store(to + i);
            }

            Vector256.Load(from + length - 32).Store(to + length - 32);
        }
        else if (length is >= 16 and <= 32)
        {
            Vector128<byte> end = Vector128.Load(from + length - 16);
            Vector128.Load(from).Store(to);
            end.Store(to + length - 16);
        }
        else
        {
            Unsafe.CopyBlockUnaligned(to, from, (uint)length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackLine<T>(T* from, nint depthStride, int depth, T* to, int width)
        where T : unmanaged
    {
        for (nint k = 0; k < depth; k++)
        {
            to[k * width] = from[k * depthStride];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose<T>(int size, T* from, nint fromStride, T* to, nint toStride)
        where T : unmanaged
    {
        if (sizeof(T) == sizeof(float))
        {
            if (size == 8)
            {
                Transpose8((float*)from, fromStride, (float*)to, toStride);
            }
            else
            {
                Transpose4((float*)from, fromStride, (float*)to, toStride);
            }
        }
        else if (size == 4)
        {
            Transpose4((double*)from, fromStride, (double*)to, toStride);
        }
        else
        {
            Transpose2((double*)from, fromStride, (double*)to, toStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose8(float* from, nint fromStride, float* to, nint toStride)
    {
        Vector256<float> line0 = Vector256.Load(from);
        Vector256<float> line1 = Vector256.Load(from + fromStride);
        Vector256<float> line2 = Vector256.Load(from + 2 * fromStride);
        Vector256<float> line3 = Vector256.Load(from + 3 * fromStride);
        Vector256<float> line4 = Vector256.Load(from + 4 * fromStride);
        Vector256<float> line5 = Vector256.Load(from + 5 * fromStride);
        Vector256<float> line6 = Vector256.Load(from + 6 * fromStride);
        Vector256<float> line7 = Vector256.Load(from + 7 * fromStride);
        Transpose4(line0, line1, line2, line3, out var top04, out var top15, out var top26, out var top37);
        Transpose4(line4, line5, line6, line7, out var low04, out var low15, out var low26, out var low37);
        Avx.Permute2x128(top04, low04, 0x20).Store(to);
        Avx.Permute2x128(top15, low15, 0x20).Store(to + toStride);
        Avx.Permute2x128(top26, low26, 0x20).Store(to + 2 * toStride);
        Avx.Permute2x128(top37, low37, 0x20).Store(to + 3 * toStride);
        Avx.Permute2x128(top04, low04, 0x31).Store(to + 4 * toStride);
        Avx.Permute2x128(top15, low15, 0x31).Store(to + 5 * toStride);
        Avx.Permute2x128(top26, low26, 0x31).Store(to + 6 * toStride);
        Avx.Permute2x128(top37, low37, 0x31).Store(to + 7 * toStride);
    }

    // Four lines of eight: elements 0 and 4, 1 and 5, 2 and 6, 3 and 7 of all four.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4(
        Vector256<float> line0,
        Vector256<float> line1,
        Vector256<float> line2,
        Vector256<float> line3,
        out Vector256<float> elements04,
        out Vector256<float> elements15,
        out Vector256<float> elements26,
        out Vector256<float> elements37)
    {
        Vector256<float> low02 = Avx.UnpackLow(line0, line2);
        Vector256<float> low13 = Avx.UnpackLow(line1, line3);
        Vector256<float> high02 = Avx.UnpackHigh(line0, line2);
        Vector256<float> high13 = Avx.UnpackHigh(line1, line3);
        elements04 = Avx.UnpackLow(low02, low13);
        elements15 = Avx.UnpackHigh(low02, low13);
        elements26 = Avx.UnpackLow(high02, high13);
        elements37 = Avx.UnpackHigh(high02, high13);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4(float* from, nint fromStride, float* to, nint toStride)
    {
        Vector128<float> line0 = Vector128.Load(from);
        Vector128<float> line1 = Vector128.Load(from + fromStride);
        Vector128<float> line2 = Vector128.Load(from + 2 * fromStride);
        Vector128<float> line3 = Vector128.Load(from + 3 * fromStride);
        Vector128<float> low02 = Sse.UnpackLow(line0, line2);
        Vector128<float> low13 = Sse.UnpackLow(line1, line3);
        Vector128<float> high02 = Sse.UnpackHigh(line0, line2);
        Vector128<float> high13 = Sse.UnpackHigh(line1, line3);
        Sse.UnpackLow(low02, low13).Store(to);
        Sse.UnpackHigh(low02, low13).Store(to + toStride);
        Sse.UnpackLow(high02, high13).Store(to + 2 * toStride);
        Sse.UnpackHigh(high02, high13).Store(to + 3 * toStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4(double* from, nint fromStride, double* to, nint toStride)
    {
        Vector256<double> line0 = Vector256.Load(from);
        Vector256<double> line1 = Vector256.Load(from + fromStride);
        Vector256<double> line2 = Vector256.Load(from + 2 * fromStride);
        Vector256<double> line3 = Vector256.Load(from + 3 * fromStride);
        Vector256<double> top02 = Avx.UnpackLow(line0, line1);
        Vector256<double> top13 = Avx.UnpackHigh(line0, line1);
        Vector256<double> low02 = Avx.UnpackLow(line2, line3);
        Vector256<double> low13 = Avx.UnpackHigh(line2, line3);
        Avx.Permute2x128(top02, low02, 0x20).Store(to);
        Avx.Permute2x128(top13, low13, 0x20).Store(to + toStride);
        Avx.Permute2x128(top02, low02, 0x31).Store(to + 2 * toStride);
        Avx.Permute2x128(top13, low13, 0x31).Store(to + 3 * toStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose2(double* from, nint fromStride, double* to, nint toStride)
    {
        Vector128<double> line0 = Vector128.Load(from);
        Vector128<double> line1 = Vector128.Load(from + fromStride);
        Sse2.UnpackLow(line0, line1).Store(to);
        Sse2.UnpackHigh(line0, line1).Store(to + toStride);
    }
}
