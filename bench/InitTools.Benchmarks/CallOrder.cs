using System.Diagnostics;
using System.Globalization;
using InitTools.Kernels;

namespace InitTools.Benchmarks;

/// <summary>
/// The time of early and late calls of each kernel in one process, once it has run for a millisecond, in which the JIT
/// compiles it. The JIT compiles a method again once it has been called some thirty times; a kernel that the new code
/// inlines badly becomes ten times slower then, which a benchmark of the steady state cannot tell from a slow kernel.
/// </summary>
internal static class CallOrder
{
    private const int Length = 1 << 16;
    private const int Side = 128;

    // The time of a call is the least of so many neighbouring ones, for a machine has other things to do in between.
    private const int Neighbours = 5;

    private static readonly StreamKey s_key = new(1, 2);
    private static readonly ParallelOptions s_oneThread = new() { MaxDegreeOfParallelism = 1 };

    public static void Print()
    {
        Console.WriteLine("kernel, nanoseconds a number          1st      10th    1000th  largest / least");
        float[] singles = new float[Length];
        double[] doubles = new double[Length];
        Half[] halves = new Half[Length];
        ushort[] patterns = new ushort[Length];
        Print("normal Float32", Length, () => RandomFill.Normal(singles.AsSpan(), s_key, 0, 0, 1));
        Print("normal Float64", Length, () => RandomFill.Normal(doubles.AsSpan(), s_key, 0, 0, 1));
        Print("normal Float16", Length, () => RandomFill.Normal(halves.AsSpan(), s_key, 0, 0, 1));
        Print("normal BFloat16", Length, () => RandomFill.NormalBFloat16(patterns.AsSpan(), s_key, 0, 0, 1));
        Print("uniform Float32", Length, () => RandomFill.Uniform(singles.AsSpan(), s_key, 0, -1, 1));
        Print("uniform Float64", Length, () => RandomFill.Uniform(doubles.AsSpan(), s_key, 0, -1, 1));
        Print("uniform Float16", Length, () => RandomFill.Uniform(halves.AsSpan(), s_key, 0, -1, 1));
        Print("uniform BFloat16", Length, () => RandomFill.UniformBFloat16(patterns.AsSpan(), s_key, 0, -1, 1));
        Print("truncated Float32", Length, () => RandomFill.TruncatedNormal(singles.AsSpan(), s_key, 0, 0, 1, -2, 2));
        Print("truncated Float64", Length, () => RandomFill.TruncatedNormal(doubles.AsSpan(), s_key, 0, 0, 1, -2, 2));
        Print("truncated, any bounds", Length, () => RandomFill.TruncatedNormal(singles.AsSpan(), s_key, 0, 0, 1, -2, 3));
        Print("truncated, far tail", Length, () => RandomFill.TruncatedNormal(singles.AsSpan(), s_key, 0, 0, 1, 40, 50));
        Print("PyTorch normal", Length, Sequential(RandomGenerator.PyTorch, "normal_", singles));
        Print("PyTorch uniform", Length, Sequential(RandomGenerator.PyTorch, "uniform_", singles));
        Print("NumPy normal", Length, Sequential(RandomGenerator.NumPy, "normal_", singles));
        Print("NumPy uniform", Length, Sequential(RandomGenerator.NumPy, "uniform_", singles));

        float[] left = singles[..(Side * Side)];
        float[] product = new float[Side * Side];
        Print("moments", Length, () => Moments.Of<float>(singles, s_oneThread));
        Print("matrix product", Side * Side, () => MatrixProduct.Multiply(
            new MatrixView<float>(left, Side, Side),
            new MatrixView<float>(left, Side, Side),
            new MatrixSpan<float>(product, Side, Side),
            accumulate: false,
            s_oneThread));
        Print("orthogonal", Side * Side, () => OrthogonalMatrix.Fill(
            new MatrixSpan<float>(product, Side, Side), s_key, 1, s_oneThread));
    }

    private static Action Sequential(RandomGenerator generator, string initializer, float[] destination)
    {
        var tensor = WeightTensor.Create(new WeightTensorOptions
        {
            Name = "w",
            Shape = new TensorShape(destination.Length),
            Initializer = Initializer.Parse(initializer, Convention.PyTorch),
            Seed = new Seed(42UL),
            Generator = generator,
        });
        return () => tensor.CopyTo(destination, 0, s_oneThread);
    }

    private static void Print(string name, int count, Action run)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < 1)
        {
            run();
        }

        double[] nanoseconds = new double[1000 + Neighbours];
        for (int call = 0; call < nanoseconds.Length; call++)
        {
            start = Stopwatch.GetTimestamp();
            run();
            nanoseconds[call] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
        }

        double[] times = [.. ((int[])[1, 10, 1000]).Select(call => nanoseconds.Skip(call - 1).Take(Neighbours).Min())];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-32} {times[0],9:F3} {times[1],9:F3} {times[2],9:F3} {times.Max() / times.Min(),9:F2}x"));
    }
}
