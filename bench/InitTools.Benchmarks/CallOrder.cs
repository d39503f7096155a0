using System.Diagnostics;
using System.Globalization;
using InitTools.Kernels;

namespace InitTools.Benchmarks;

/// <summary>
/// The time of early and late calls of each kernel in one process. The JIT compiles a method again once it has been
/// called some thirty times; a kernel that the new code inlines badly becomes ten times slower then, which a benchmark
/// of the steady state cannot tell from a slow kernel.
/// </summary>
internal static class CallOrder
{
    private const int Length = 1 << 16;

    public static void Print()
    {
        var key = new StreamKey(1, 2);
        float[] singles = new float[Length];
        double[] doubles = new double[Length];
        Half[] halves = new Half[Length];
        Print("normal Float32", () => RandomFill.Normal(singles.AsSpan(), key, 0, 0, 1));
        Print("normal Float64", () => RandomFill.Normal(doubles.AsSpan(), key, 0, 0, 1));
        Print("normal Float16", () => RandomFill.Normal(halves.AsSpan(), key, 0, 0, 1));
        Print("uniform Float32", () => RandomFill.Uniform(singles.AsSpan(), key, 0, -1, 1));
        Print("truncated normal Float32", () => RandomFill.TruncatedNormal(singles.AsSpan(), key, 0, 0, 1, -2, 2));
        Print("truncated normal Float64", () => RandomFill.TruncatedNormal(doubles.AsSpan(), key, 0, 0, 1, -2, 2));
        Print("truncated, any bounds", () => RandomFill.TruncatedNormal(singles.AsSpan(), key, 0, 0, 1, -2, 3));
    }

    private static void Print(string name, Action fill)
    {
        List<string> times = [];
        for (int call = 1; call <= 1000; call++)
        {
            long start = Stopwatch.GetTimestamp();
            fill();
            double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Length;
            if (call is 1 or 2 or 10 or 100 or 1000)
            {
                times.Add(string.Create(CultureInfo.InvariantCulture, $"{call}: {nanoseconds:F3}"));
            }
        }

        Console.WriteLine($"{name}, ns a number by call: {string.Join("  ", times)}");
    }
}
