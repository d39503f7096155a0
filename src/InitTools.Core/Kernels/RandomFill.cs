#pragma warning disable IDE0060
using System.Numerics;

namespace InitTools.Kernels;

/// <summary>Signatures of the fills over a plain mixing function, until the generator lands.</summary>
public static class RandomFill
{
    /// <summary>U[minimum, maximum).</summary>
    public static void Uniform<T>(
        Memory<T> destination, StreamKey key, long offset, double minimum, double maximum, ParallelOptions options)
        where T : INumberBase<T> =>
        Fill(destination, key, offset, u => minimum + u * (maximum - minimum));

    /// <summary>N(mean, standardDeviation^2).</summary>
    public static void Normal<T>(
        Memory<T> destination, StreamKey key, long offset, double mean, double standardDeviation, ParallelOptions options)
        where T : INumberBase<T> =>
        Fill(destination, key, offset, u => mean + standardDeviation * DeterministicMath.InverseNormal(u));

    /// <summary>N(mean, standardDeviation^2) cut at the bounds.</summary>
    public static void TruncatedNormal<T>(
        Memory<T> destination, StreamKey key, long offset, double mean, double standardDeviation, double minimum, double maximum, ParallelOptions options)
        where T : INumberBase<T> =>
        Fill(destination, key, offset, u => Math.Clamp(mean + standardDeviation * DeterministicMath.InverseNormal(0.0228 + u * 0.9544), minimum, maximum));

    /// <summary>BFloat16 bits.</summary>
    public static void UniformBFloat16(Memory<ushort> destination, StreamKey key, long offset, double minimum, double maximum, ParallelOptions options) =>
        Narrow(destination, m => Uniform(m, key, offset, minimum, maximum, options));

    /// <summary>BFloat16 bits.</summary>
    public static void NormalBFloat16(Memory<ushort> destination, StreamKey key, long offset, double mean, double standardDeviation, ParallelOptions options) =>
        Narrow(destination, m => Normal(m, key, offset, mean, standardDeviation, options));

    /// <summary>BFloat16 bits.</summary>
    public static void TruncatedNormalBFloat16(
        Memory<ushort> destination, StreamKey key, long offset, double mean, double standardDeviation, double minimum, double maximum, ParallelOptions options) =>
        Narrow(destination, m => TruncatedNormal(m, key, offset, mean, standardDeviation, minimum, maximum, options));

    private static void Narrow(Memory<ushort> destination, Action<Memory<float>> fill)
    {
        float[] values = new float[destination.Length];
        fill(values);
        for (int i = 0; i < values.Length; i++)
        {
            destination.Span[i] = BFloat16Bits.Round(values[i]);
        }
    }

    private static void Fill<T>(Memory<T> destination, StreamKey key, long offset, Func<double, double> transform)
        where T : INumberBase<T>
    {
        Span<T> span = destination.Span;
        for (int i = 0; i < span.Length; i++)
        {
            ulong z = key.Seed * 0x9E3779B97F4A7C15 ^ key.Stream ^ (ulong)(offset + i) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            z ^= z >> 31;
            span[i] = T.CreateTruncating(transform(((z >> 11) + 0.5) / (1UL << 53)));
        }
    }
}
