using System.Diagnostics;
using System.Globalization;
using InitTools.Formats;

namespace InitTools.Benchmarks;

/// <summary>
/// How fast weights are made, how fast the disk takes bytes, and how fast a .safetensors file is written, which is both at
/// the same time and so at best as fast as the slower one. All three flush to the disk what they write.
/// </summary>
internal static class StreamedFiles
{
    private const int ChunkLength = 1 << 16;

    /// <summary>Prints the three rates, in rounds that take turns, and the medians.</summary>
    /// <param name="folder">Where the files go; they are deleted.</param>
    /// <param name="gibibytes">The size of a file.</param>
    /// <param name="rounds">How often each is measured.</param>
    public static void Print(string folder, int gibibytes, int rounds)
    {
        long bytes = (long)gibibytes << 30;
        string file = Path.Combine(folder, $"inittools-{Environment.ProcessId}.safetensors");
        Console.WriteLine("MB/s               generator      disk      file  file / slower");
        foreach (DType dtype in (DType[])[DType.BFloat16, DType.Float32])
        {
            WeightTensor tensor = TensorOf(dtype, bytes);
            double[] generator = new double[rounds];
            double[] disk = new double[rounds];
            double[] both = new double[rounds];
            for (int round = 0; round < rounds; round++)
            {
                generator[round] = RateOf(bytes, () => tensor.WriteTo(Stream.Null, new ParallelOptions()));

                // A disk that has just been busy may be slower for a while, so that neither always comes second.
                bool isDiskFirst = round % 2 == 0;
                for (int turn = 0; turn < 2; turn++)
                {
                    bool isDisk = turn == 0 == isDiskFirst;
                    (isDisk ? disk : both)[round] = RateOf(
                        bytes,
                        isDisk
                            ? () => Fill(file, bytes)
                            : () => TensorFile.Write(file, [tensor], force: false, new ParallelOptions()));
                    File.Delete(file);
                }

                PrintLine($"{tensor.DType} {round + 1}", generator[round], disk[round], both[round]);
            }

            PrintLine($"{tensor.DType} median", Median(generator), Median(disk), Median(both));
        }
    }

    private static WeightTensor TensorOf(DType dtype, long bytes) => WeightTensor.Create(new WeightTensorOptions
    {
        Name = "weight",
        Shape = new TensorShape(1 << 14, bytes / DTypes.SizeOf(dtype) >> 14),
        Initializer = Initializer.Parse("HeNormal"),
        Seed = new Seed(42UL),
        DType = dtype,
    });

    private static void Fill(string file, long bytes)
    {
        using FileStream stream = new(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] chunk = new byte[ChunkLength];
        new Random(1).NextBytes(chunk);
        for (long written = 0; written < bytes; written += chunk.Length)
        {
            stream.Write(chunk);
        }

        stream.Flush(flushToDisk: true);
    }

    private static double RateOf(long bytes, Action run)
    {
        long start = Stopwatch.GetTimestamp();
        run();
        return bytes / 1e6 / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(double[] rates) => rates.Order().ElementAt(rates.Length / 2);

    private static void PrintLine(string name, double generator, double disk, double file) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-18} {generator,9:F0} {disk,9:F0} {file,9:F0} {file / Math.Min(generator, disk),14:P0}"));
}
