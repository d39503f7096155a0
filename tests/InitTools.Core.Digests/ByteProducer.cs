using System.Numerics;
using System.Runtime.InteropServices;
using InitTools.Kernels;

namespace InitTools.Core.Digests;

/// <summary>Something that Core computes, as bytes that must be the same on every machine and on any threads.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Produce">Its bytes, on as many threads as the options allow.</param>
public sealed record ByteProducer(string Name, Func<ParallelOptions, byte[]> Produce)
{
    // More than one chunk of the fills, and no multiple of anything.
    private const int Count = 140_003;

    private static readonly StreamKey s_key = StreamKey.Create(new Seed(42UL), StreamPurpose.Weights, "fc1.weight");

    /// <summary>All that the instruction-set matrix compares. A new kind of figure is one more line here.</summary>
    public static IReadOnlyList<ByteProducer> All { get; } =
        [.. Fills(), .. Initializers(), .. Matrices(), .. Functions()];

    private static IEnumerable<ByteProducer> Fills() => FillCase.All.Select(fill =>
        new ByteProducer(fill.Name, options => fill.OnThreads(s_key, 12_345, Count, options)));

    /// <summary>Every initializer of the catalogue that draws or computes, for every element type.</summary>
    private static IEnumerable<ByteProducer> Initializers() =>
        from definition in InitializerCase.Definitions
        from dtype in Enum.GetValues<DType>()
        let tensor = InitializerCase.Of(definition).Create(dtype)
        select new ByteProducer($"{tensor.Initializer} {tensor.DType}", options =>
        {
            using var stream = new MemoryStream();
            tensor.WriteTo(stream, options);
            return stream.ToArray();
        });

    private static IEnumerable<ByteProducer> Matrices() =>
    [
        new ByteProducer("Orthogonal 150x90 Float32", options => Orthogonal<float>(150, 90, options)),
        new ByteProducer("Orthogonal 90x150 Float64", options => Orthogonal<double>(90, 150, options)),
        new ByteProducer("Product 150x1100x200 Float32", options => Product<float>(150, 1100, 200, options)),
        new ByteProducer("Product 5x600x900 Float64", options => Product<double>(5, 600, 900, options)),
        new ByteProducer("Moments", options => Moments(1_100_003, options)),
    ];

    private static byte[] Orthogonal<T>(int rows, int columns, ParallelOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] values = new T[rows * columns];
        OrthogonalMatrix.Fill(new MatrixSpan<T>(values, rows, columns), s_key, 1.5, options);
        return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }

    private static byte[] Product<T>(int rows, int depth, int columns, ParallelOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] values = Normal<T>((rows + columns) * depth, options);
        T[] result = new T[rows * columns];
        MatrixProduct.Multiply(
            new MatrixView<T>(values.AsSpan(0, rows * depth), rows, depth),
            new MatrixView<T>(values.AsSpan(rows * depth), columns, depth).Transposed,
            new MatrixSpan<T>(result, rows, columns),
            accumulate: false,
            options);
        return MemoryMarshal.AsBytes(result.AsSpan()).ToArray();
    }

    private static byte[] Moments(int count, ParallelOptions options)
    {
        var moments = Kernels.Moments.Of<float>(Normal<float>(count, options), options);
        double[] figures = [moments.Mean, moments.Variance, moments.Minimum, moments.Maximum];
        return MemoryMarshal.AsBytes(figures.AsSpan()).ToArray();
    }

    private static T[] Normal<T>(int count, ParallelOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        float[] values = new float[count];
        RandomFill.Normal(values.AsMemory(), s_key, 0, 0, 1, options);
        return Array.ConvertAll(values, T.CreateTruncating);
    }

    private static IEnumerable<ByteProducer> Functions()
    {
        (string Name, Func<double, double> Double, Func<float, float> Single)[] functions =
        [
            ("Log", DeterministicMath.Log, DeterministicMath.Log),
            ("Log1p", DeterministicMath.Log1p, DeterministicMath.Log1p),
            ("Exp", DeterministicMath.Exp, DeterministicMath.Exp),
            ("Expm1", DeterministicMath.Expm1, DeterministicMath.Expm1),
            ("Sin", DeterministicMath.Sin, DeterministicMath.Sin),
            ("Cos", DeterministicMath.Cos, DeterministicMath.Cos),
            ("Tanh", DeterministicMath.Tanh, DeterministicMath.Tanh),
            ("Erf", DeterministicMath.Erf, DeterministicMath.Erf),
            ("Erfc", DeterministicMath.Erfc, DeterministicMath.Erfc),
            ("NormalDistribution", DeterministicMath.NormalDistribution, DeterministicMath.NormalDistribution),
            ("InverseNormal", DeterministicMath.InverseNormal, DeterministicMath.InverseNormal),
        ];
        foreach ((string name, Func<double, double> function, Func<float, float> single) in functions)
        {
            yield return new ByteProducer($"{name} Float64", _ => Values(i => function((i - 300) / 64.0)));
            yield return new ByteProducer($"{name} Float32", _ => Values(i => single((i - 300) / 64.0f)));
        }
    }

    // A NaN's sign and payload are the hardware's own business.
    private static byte[] Values<T>(Func<int, T> function)
        where T : unmanaged
    {
        T[] values = [.. Enumerable.Range(0, 1200).Select(function)];
        return MemoryMarshal.AsBytes(Array.ConvertAll(values, value => value switch
        {
            float.NaN => (T)(object)float.NaN,
            double.NaN => (T)(object)double.NaN,
            _ => value,
        }).AsSpan()).ToArray();
    }
}
