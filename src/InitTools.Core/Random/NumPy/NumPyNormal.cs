using System.Runtime.CompilerServices;
using InitTools.Kernels;
using InitTools.Kernels.Elementary;

namespace InitTools;

/// <summary>
/// <c>Generator.normal(mean, deviation)</c> and <c>standard_normal</c>: mean + deviation z, each step rounded, z from
/// the <see cref="Ziggurat"/>; z itself for mean 0 and deviation 1. In float32, which NumPy's normal does not have, the
/// same on <c>standard_normal(dtype=float32)</c> in float32.
/// </summary>
/// <remarks>
/// A word gives the strip (8 bits), the sign (1 bit) and the mantissa. Only the tail, one number in 4000, goes through
/// a function that NumPy takes from the C library, log1p; it is correctly rounded here.
/// </remarks>
internal sealed class NumPyNormal(
    ulong seed, DrawPosition position, bool isDouble, long count, double mean, double deviation)
    : NumPyElements(seed, position, isDouble, count)
{
    private readonly bool _isStandard = mean == 0 && deviation == 1;

    protected override void Draw(NumPyDraws draws, Span<double> destination)
    {
        DrawStandard(draws, destination);
        for (int i = 0; i < destination.Length && !_isStandard; i++)
        {
            destination[i] = mean + (deviation * destination[i]);
        }
    }

    protected override void Draw(NumPyDraws draws, Span<float> destination)
    {
        DrawStandard(draws, destination);
        float start = (float)mean;
        float factor = (float)deviation;
        for (int i = 0; i < destination.Length && !_isStandard; i++)
        {
            destination[i] = start + (factor * destination[i]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void DrawStandard(NumPyDraws draws, Span<double> destination)
    {
        ReadOnlySpan<double> scales = Ziggurat.DoubleScales;
        ReadOnlySpan<ulong> thresholds = Ziggurat.DoubleThresholds;
        int i = 0;
        while (i < destination.Length)
        {
            ReadOnlySpan<ulong> words = draws.Words;
            int used = 0;
            int length = Math.Min(words.Length, destination.Length - i);
            while (used < length)
            {
                ulong word = words[used];
                int strip = (int)(word & 0xFF);
                ulong mantissa = (word >> 9) & ((1UL << Ziggurat.DoubleBits) - 1);
                if (mantissa >= thresholds[strip])
                {
                    break;
                }

                destination[i + used] = WithSign(mantissa * scales[strip], word);
                used++;
            }

            draws.Skip(used);
            i += used;
            if (used < length)
            {
                destination[i++] = NextDouble(draws);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void DrawStandard(NumPyDraws draws, Span<float> destination)
    {
        ReadOnlySpan<float> scales = Ziggurat.SingleScales;
        ReadOnlySpan<uint> thresholds = Ziggurat.SingleThresholds;
        int i = 0;
        while (i < destination.Length)
        {
            if (draws.IsCarrying || destination.Length - i == 1)
            {
                destination[i++] = NextSingle(draws);
                continue;
            }

            ReadOnlySpan<ulong> words = draws.Words;
            int used = 0;
            int length = Math.Min(words.Length, (destination.Length - i) / 2);
            Span<float> pairs = destination.Slice(i, 2 * length);
            while (used < length)
            {
                uint low = (uint)words[used];
                uint high = (uint)(words[used] >> 32);
                int lowStrip = (int)(low & 0xFF);
                int highStrip = (int)(high & 0xFF);
                if (low >> 9 >= thresholds[lowStrip] || high >> 9 >= thresholds[highStrip])
                {
                    break;
                }

                pairs[2 * used] = WithSign((low >> 9) * scales[lowStrip], low);
                pairs[(2 * used) + 1] = WithSign((high >> 9) * scales[highStrip], high);
                used++;
            }

            draws.Skip(used);
            i += 2 * used;
            if (used < length)
            {
                destination[i++] = NextSingle(draws);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double NextDouble(NumPyDraws draws)
    {
        while (true)
        {
            ulong word = draws.NextWord();
            int strip = (int)(word & 0xFF);
            ulong mantissa = (word >> 9) & ((1UL << Ziggurat.DoubleBits) - 1);
            double x = WithSign(mantissa * Ziggurat.DoubleScales[strip], word);
            if (mantissa < Ziggurat.DoubleThresholds[strip])
            {
                return x;
            }

            if (strip == 0)
            {
                return DoubleTail(draws, isNegative: ((mantissa >> 8) & 1) != 0);
            }

            double below = Ziggurat.DoubleHeights[strip];
            double height = ((Ziggurat.DoubleHeights[strip - 1] - below) * draws.NextDouble()) + below;
            if (height < DeterministicMath.Exp(-0.5 * x * x))
            {
                return x;
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float NextSingle(NumPyDraws draws)
    {
        while (true)
        {
            uint half = draws.NextHalf();
            int strip = (int)(half & 0xFF);
            uint mantissa = half >> 9;
            float x = WithSign(mantissa * Ziggurat.SingleScales[strip], half);
            if (mantissa < Ziggurat.SingleThresholds[strip])
            {
                return x;
            }

            if (strip == 0)
            {
                return SingleTail(draws, isNegative: ((mantissa >> 8) & 1) != 0);
            }

            float below = Ziggurat.SingleHeights[strip];
            float height = ((Ziggurat.SingleHeights[strip - 1] - below) * draws.NextSingle()) + below;
            if (height < DeterministicMath.Exp(-0.5 * x * x))
            {
                return x;
            }
        }
    }

    // Beyond r: r + e / r with e exponential, accepted with probability exp(-(e / r)^2 / 2).
    private static double DoubleTail(NumPyDraws draws, bool isNegative)
    {
        double start = Ziggurat.TailStart;
        double inverse = 1 / start;
        while (true)
        {
            double excess = -inverse * CorrectlyRounded.Log(1 - draws.NextDouble());
            double test = -CorrectlyRounded.Log(1 - draws.NextDouble());
            if (test + test > excess * excess)
            {
                return isNegative ? -(start + excess) : start + excess;
            }
        }
    }

    private static float SingleTail(NumPyDraws draws, bool isNegative)
    {
        float start = (float)Ziggurat.TailStart;
        float inverse = (float)(1 / Ziggurat.TailStart);
        while (true)
        {
            float excess = -inverse * (float)CorrectlyRounded.Log(1 - (double)draws.NextSingle());
            float test = -(float)CorrectlyRounded.Log(1 - (double)draws.NextSingle());
            if (test + test > excess * excess)
            {
                return isNegative ? -(start + excess) : start + excess;
            }
        }
    }

    // Bit 8 of the draw is the sign.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double WithSign(double x, ulong word) =>
        BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(x) | ((word & 0x100) << 55));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float WithSign(float x, uint half) =>
        BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(x) | ((half & 0x100) << 23));
}
