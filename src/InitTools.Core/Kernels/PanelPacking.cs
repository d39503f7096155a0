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
    // So many elements of each line are moved before the next lines, that the part of the panel stays in the cache.
    private const int DepthBlock = 64;

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
                new ReadOnlySpan<T>(source + k * depthStride, lines).CopyTo(new Span<T>(packed + k * width, lines));
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
        int together = sizeof(T) == sizeof(float) ? 4 : 2;
        bool inRegisters = depthStride == 1 && Sse2.IsSupported;
        int line = 0;
        for (; inRegisters && line <= lines - together; line += together)
        {
            T* from = source + line * lineStride;
            T* to = packed + line;
            int whole = depth - depth % together;
            for (int k = 0; k < whole; k += together)
            {
                if (sizeof(T) == sizeof(float))
                {
                    Transpose4((float*)from + k, lineStride, (float*)to + (nint)k * width, width);
                }
                else
                {
                    Transpose2((double*)from + k, lineStride, (double*)to + (nint)k * width, width);
                }
            }

            for (int l = 0; l < together; l++)
            {
                PackLine(from + l * lineStride + whole, 1, depth - whole, to + (nint)whole * width + l, width);
            }
        }

        for (; line < lines; line++)
        {
            PackLine(source + line * lineStride, depthStride, depth, packed + line, width);
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
    private static void Transpose2(double* from, nint fromStride, double* to, nint toStride)
    {
        Vector128<double> line0 = Vector128.Load(from);
        Vector128<double> line1 = Vector128.Load(from + fromStride);
        Sse2.UnpackLow(line0, line1).Store(to);
        Sse2.UnpackHigh(line0, line1).Store(to + toStride);
    }
}
