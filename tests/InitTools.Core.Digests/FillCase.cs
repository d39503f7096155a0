using System.Runtime.InteropServices;
using InitTools.Kernels;

namespace InitTools.Core.Digests;

/// <summary>One law with parameters for one element type, as bytes.</summary>
public abstract class FillCase(string name)
{
    /// <summary>Law, parameters and element type.</summary>
    public string Name { get; } = name;

    /// <summary>Every law, in every path that its arithmetic takes, for every element type.</summary>
    public static IReadOnlyList<FillCase> All { get; } =
    [
        .. Uniform("unit", 0, 1),
        .. Uniform("asymmetric", -0.3, 0.7),
        .. Normal("standard", 0, 1),
        .. Normal("shifted", 0.25, 0.02),
        .. TruncatedNormal("two sigma", 0, 1, -2, 2),
        .. TruncatedNormal("two sigma scaled", 0.5, 0.1, 0.3, 0.7),
        .. TruncatedNormal("absolute bounds", 0, 0.02, -2, 2),
        .. TruncatedNormal("narrow", 0, 1, -0.001, 0.001),
        .. TruncatedNormal("asymmetric", 0, 1, -1, 2.5),
        .. TruncatedNormal("one-sided", 1, 2, double.NegativeInfinity, 1.5),
        .. TruncatedNormal("upper tail", 0, 1, 6, 8),
        .. TruncatedNormal("far tail", 0, 1, 50, double.PositiveInfinity),
    ];

    public abstract byte[] OnThisThread(StreamKey key, long offset, int count);

    public abstract byte[] OnThreads(StreamKey key, long offset, int count, ParallelOptions options);

    /// <summary>
    /// Fills part of a larger array that begins at an odd place, and returns the whole array's bytes; what lies around
    /// the part was 0xA5 before.
    /// </summary>
    public abstract byte[] Within(StreamKey key, long offset, int before, int count, int after);

    public abstract int ElementSize { get; }

    public override string ToString() => Name;

    private static IEnumerable<FillCase> Uniform(string name, double minimum, double maximum) => ForAllTypes(
        $"Uniform {name}",
        (d, k, o) => RandomFill.Uniform(d, k, o, minimum, maximum),
        (d, k, o, p) => RandomFill.Uniform(d, k, o, minimum, maximum, p),
        (d, k, o) => RandomFill.Uniform(d, k, o, minimum, maximum),
        (d, k, o, p) => RandomFill.Uniform(d, k, o, minimum, maximum, p),
        (d, k, o) => RandomFill.Uniform(d, k, o, minimum, maximum),
        (d, k, o, p) => RandomFill.Uniform(d, k, o, minimum, maximum, p),
        (d, k, o) => RandomFill.UniformBFloat16(d, k, o, minimum, maximum),
        (d, k, o, p) => RandomFill.UniformBFloat16(d, k, o, minimum, maximum, p));

    private static IEnumerable<FillCase> Normal(string name, double mean, double deviation) => ForAllTypes(
        $"Normal {name}",
        (d, k, o) => RandomFill.Normal(d, k, o, mean, deviation),
        (d, k, o, p) => RandomFill.Normal(d, k, o, mean, deviation, p),
        (d, k, o) => RandomFill.Normal(d, k, o, mean, deviation),
        (d, k, o, p) => RandomFill.Normal(d, k, o, mean, deviation, p),
        (d, k, o) => RandomFill.Normal(d, k, o, mean, deviation),
        (d, k, o, p) => RandomFill.Normal(d, k, o, mean, deviation, p),
        (d, k, o) => RandomFill.NormalBFloat16(d, k, o, mean, deviation),
        (d, k, o, p) => RandomFill.NormalBFloat16(d, k, o, mean, deviation, p));

    private static IEnumerable<FillCase> TruncatedNormal(
        string name, double mean, double deviation, double minimum, double maximum) => ForAllTypes(
        $"TruncatedNormal {name}",
        (d, k, o) => RandomFill.TruncatedNormal(d, k, o, mean, deviation, minimum, maximum),
        (d, k, o, p) => RandomFill.TruncatedNormal(d, k, o, mean, deviation, minimum, maximum, p),
        (d, k, o) => RandomFill.TruncatedNormal(d, k, o, mean, deviation, minimum, maximum),
        (d, k, o, p) => RandomFill.TruncatedNormal(d, k, o, mean, deviation, minimum, maximum, p),
        (d, k, o) => RandomFill.TruncatedNormal(d, k, o, mean, deviation, minimum, maximum),
        (d, k, o, p) => RandomFill.TruncatedNormal(d, k, o, mean, deviation, minimum, maximum, p),
        (d, k, o) => RandomFill.TruncatedNormalBFloat16(d, k, o, mean, deviation, minimum, maximum),
        (d, k, o, p) => RandomFill.TruncatedNormalBFloat16(d, k, o, mean, deviation, minimum, maximum, p));

    private static IEnumerable<FillCase> ForAllTypes(
        string name,
        SpanFill<float> single,
        MemoryFill<float> singleThreads,
        SpanFill<double> @double,
        MemoryFill<double> doubleThreads,
        SpanFill<Half> half,
        MemoryFill<Half> halfThreads,
        SpanFill<ushort> brain,
        MemoryFill<ushort> brainThreads) =>
    [
        new Of<float>($"{name} Float32", single, singleThreads),
        new Of<double>($"{name} Float64", @double, doubleThreads),
        new Of<Half>($"{name} Float16", half, halfThreads),
        new Of<ushort>($"{name} BFloat16", brain, brainThreads),
    ];

    private delegate void SpanFill<T>(Span<T> destination, StreamKey key, long offset);

    private delegate void MemoryFill<T>(Memory<T> destination, StreamKey key, long offset, ParallelOptions options);

    private sealed class Of<T>(string name, SpanFill<T> fill, MemoryFill<T> fillOnThreads) : FillCase(name)
        where T : unmanaged
    {
        public override unsafe int ElementSize => sizeof(T);

        public override byte[] OnThisThread(StreamKey key, long offset, int count)
        {
            T[] values = new T[count];
            fill(values, key, offset);
            return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        }

        public override byte[] OnThreads(StreamKey key, long offset, int count, ParallelOptions options)
        {
            T[] values = new T[count];
            fillOnThreads(values, key, offset, options);
            return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        }

        public override byte[] Within(StreamKey key, long offset, int before, int count, int after)
        {
            T[] values = new T[before + count + after];
            MemoryMarshal.AsBytes(values.AsSpan()).Fill(0xA5);
            fill(values.AsSpan(before, count), key, offset);
            return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        }
    }
}
