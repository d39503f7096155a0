using System.Diagnostics;
using System.Text.Json;
using InitTools.Kernels;

namespace InitTools.Benchmarks;

/// <summary>The jobs of the comparison, timed in this process after runs that are not counted.</summary>
internal static class TimedJobs
{
    private const int Large = 1 << 26;
    private const int SmallTensors = 10_000;

    private static readonly StreamKey s_key = StreamKey.Create(new Seed(42UL), StreamPurpose.Weights, "fc1.weight");

    public static void Run(int threads, int rounds)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        float[] values = new float[Large];
        Half[] halves = new Half[Large];
        ushort[] patterns = new ushort[Large];
        Memory<float> large = values;
        Memory<float> layer = values.AsMemory(0, 784 * 256);

        Time("normal", "2^26", Large, () => RandomFill.Normal(large, s_key, 0, 0, 1, options));
        Time("uniform", "2^26", Large, () => RandomFill.Uniform(large, s_key, 0, -1, 1, options));
        Time(
            "truncated normal",
            "2^26",
            Large,
            () => RandomFill.TruncatedNormal(large, s_key, 0, 0, 1, -2, 2, options));
        Time("normal Float16", "2^26", Large, () => RandomFill.Normal(halves.AsMemory(), s_key, 0, 0, 1, options));
        Time("normal BFloat16", "2^26", Large, () => RandomFill.NormalBFloat16(patterns, s_key, 0, 0, 1, options));
        Time("normal", "784x256", layer.Length, () => RandomFill.Normal(layer, s_key, 0, 0, 1, options));
        Time("uniform", "784x256", layer.Length, () => RandomFill.Uniform(layer, s_key, 0, -1, 1, options));
        Time(
            "truncated normal",
            "784x256",
            layer.Length,
            () => RandomFill.TruncatedNormal(layer, s_key, 0, 0, 1, -2, 2, options));
        Time("10,000 HeNormal tensors", "16x16", SmallTensors * 256, () => MakeSmallTensors(options));

        void Time(string job, string size, long count, Action run)
        {
            // Short jobs are repeated, so that one measurement lasts some milliseconds.
            int repeats = (int)Math.Max(1, 4_000_000 / count);
            WarmUp(run);
            for (int round = 0; round < rounds; round++)
            {
                long start = Stopwatch.GetTimestamp();
                for (int repeat = 0; repeat < repeats; repeat++)
                {
                    run();
                }

                double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds / repeats / count;
                var measurement = new
                {
                    who = "InitTools",
                    job,
                    size,
                    threads = options.MaxDegreeOfParallelism,
                    ns = nanoseconds,
                };
                Console.WriteLine(JsonSerializer.Serialize(measurement));
            }
        }
    }

    // The JIT compiles what is called often once more, some tenths of a second after the first call.
    private static void WarmUp(Action run)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            run();
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < 0.5);
    }

    /// <summary>The matrix jobs, in nanoseconds a job.</summary>
    public static void RunMatrix(int threads, int rounds)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        MatrixJobs.Run(
            (job, size, run) =>
            {
                run();
                for (int round = 0; round < rounds; round++)
                {
                    long start = Stopwatch.GetTimestamp();
                    run();
                    var measurement = new
                    {
                        who = "InitTools",
                        table = "matrix",
                        job,
                        size,
                        threads,
                        ns = Stopwatch.GetElapsedTime(start).TotalNanoseconds,
                    };
                    Console.WriteLine(JsonSerializer.Serialize(measurement));
                }
            },
            options);
    }

    /// <summary>Nanoseconds a tensor in each pass of ten thousand, from the first one of the process on.</summary>
    public static void PrintSmallTensors(int threads, int passes)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        for (int pass = 1; pass <= passes; pass++)
        {
            long start = Stopwatch.GetTimestamp();
            MakeSmallTensors(options);
            double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds / SmallTensors;
            Console.WriteLine(FormattableString.Invariant($"pass {pass}: {nanoseconds:F0} ns a tensor"));
        }
    }

    // The whole way: a recipe for each layer, its stream from its name, its values in a new array.
    private static void MakeSmallTensors(ParallelOptions options)
    {
        var shape = new TensorShape(16, 16);
        var initializer = Initializer.Parse("HeNormal");
        Parallel.For(0, SmallTensors, options, i =>
        {
            var tensor = WeightTensor.Create(new WeightTensorOptions
            {
                Name = $"layer{i}.weight",
                Shape = shape,
                Initializer = initializer,
                Seed = new Seed(42UL),
            });
            GC.KeepAlive(tensor.ToArray<float>());
        });
    }
}
