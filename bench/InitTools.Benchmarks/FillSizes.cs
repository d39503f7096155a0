using System.Diagnostics;
using System.Globalization;
using InitTools.Kernels;

namespace InitTools.Benchmarks;

/// <summary>
/// The cost of a number from 10^5 numbers to 10^9, on one thread: in memory that was written before, and in a new
/// array, whose pages the system maps at the first touch.
/// </summary>
internal static class FillSizes
{
    private const int Repeats = 5;

    // Cached memory is no measure of what follows.
    private const int PastTheCaches = 10_000_000;

    private static readonly StreamKey s_key = new(1, 2);
    private static readonly ParallelOptions s_oneThread = new() { MaxDegreeOfParallelism = 1 };

    public static void Print(int largest)
    {
        Print("normal", largest, memory => RandomFill.Normal(memory, s_key, 0, 0, 1, s_oneThread));
        Print("uniform", largest, memory => RandomFill.Uniform(memory, s_key, 0, -1, 1, s_oneThread));
        Print("truncated", largest, memory => RandomFill.TruncatedNormal(memory, s_key, 0, 0, 1, -2, 2, s_oneThread));
    }

    private static void Print(string name, int largest, Action<Memory<float>> fill)
    {
        List<double> pastTheCaches = [];
        for (int length = 100_000; length <= largest; length *= 10)
        {
            float[] values = GC.AllocateUninitializedArray<float>(length);
            double first = Time();
            double again = Enumerable.Range(0, Repeats).Min(_ => Time());
            if (length >= PastTheCaches)
            {
                pastTheCaches.Add(again);
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-10} 10^{Math.Log10(length):F0}: {again:F3} ns a number, {first:F3} in a new array"));

            double Time()
            {
                long start = Stopwatch.GetTimestamp();
                fill(values);
                return Stopwatch.GetElapsedTime(start).TotalNanoseconds / length;
            }
        }

        if (pastTheCaches.Count > 1)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-10} past the caches, largest / least: {pastTheCaches.Max() / pastTheCaches.Min():F2}x"));
        }
    }
}
