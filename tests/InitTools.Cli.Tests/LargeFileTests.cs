using System.Diagnostics;
using InitTools.Formats;
using Xunit;

namespace InitTools.Cli.Tests;

/// <summary>
/// Files written by real processes: how much memory they take, and what is left where they are killed.
/// </summary>
[Trait("Category", "Slow")]
public sealed class LargeFileTests : IDisposable
{
    private const long Megabyte = 1_000_000;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("w.safetensors", "BFloat16", 2)]
    [InlineData("w.npz", "Float16", 2)]
    public async Task A_billion_weights_are_written_in_less_than_300_MB_of_memory(string name, string dtype, int size)
    {
        const long Count = 1_000_000_000;
        string path = _directory.PathOf(name);
        using Process process = CommandRun.Start(
            "new", "--shape", "1000000000", "--name", "w", "--initializer", "RandomNormal(stddev=0.02)", "--dtype",
            dtype,
            "--seed", "7", "--path", path);
        long peak = 0;
        while (!process.HasExited)
        {
            process.Refresh();
            peak = Math.Max(peak, PeakOf(process));
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.Equal((0, ""), (process.ExitCode, await process.StandardError.ReadToEndAsync(
            TestContext.Current.CancellationToken)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{peak / Megabyte} MB at most.");
        Assert.InRange(peak, 1, 300 * Megabyte);
        Assert.InRange(new FileInfo(path).Length, size * Count, size * Count + 4096);

        // The file's end is the end of the recipe.
        WeightTensorOptions recipe = new()
        {
            Name = "w.weight",
            Shape = new TensorShape(Count),
            Initializer = Initializer.Parse("RandomNormal(stddev=0.02)"),
            Seed = new Seed(7UL),
            DType = DTypes.Spellings.Parse(dtype),
            Offset = Count - 1000,
        };
        float[] expected = WeightTensor.Create(recipe).ToArray<float>();
        float[] read = new float[expected.Length];
        TensorFile.Open(path).Tensors[0].ToWeightTensor().CopyTo(read, Count - 1000, new ParallelOptions());
        Assert.Equal(expected, read);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Killed_at_any_moment_it_leaves_the_old_file_or_none_or_the_whole_new_one(bool hasOld)
    {
        string path = _directory.PathOf("w.safetensors");
        string[] command =
            ["new", "--shape", "5000x6000", "--initializer", "HeNormal", "--seed", "7", "--force", "--path", path];
        Stopwatch clock = Stopwatch.StartNew();
        Assert.Equal(0, (await CommandRun.OfProcess(command)).ExitCode);
        TimeSpan whole = clock.Elapsed;
        byte[] expected = File.ReadAllBytes(path);

        Random random = new(20261127);
        int interrupted = 0;
        for (int i = 0; i < 20; i++)
        {
            File.Delete(path);
            if (hasOld)
            {
                File.WriteAllText(path, "old");
            }

            using Process process = CommandRun.Start(command);
            await Task.Delay(whole * (1.2 * random.NextDouble()), TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            bool isNew = File.Exists(path) && new FileInfo(path).Length > 3;
            interrupted += isNew ? 0 : 1;
            if (isNew)
            {
                Assert.Equal(expected, File.ReadAllBytes(path));
            }
            else
            {
                Assert.Equal(hasOld ? "old" : null, File.Exists(path) ? File.ReadAllText(path) : null);
            }
        }

        Assert.InRange(interrupted, 1, 20);
    }

    private static long PeakOf(Process process)
    {
        try
        {
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It ended between the two looks.
            return 0;
        }
    }
}
