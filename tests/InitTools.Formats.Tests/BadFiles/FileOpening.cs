using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace InitTools.Formats.Tests.BadFiles;

/// <summary>
/// Opens a file as Import-InitWeights does, makes weights of all that is in it, and asserts what is promised of any
/// file: it is read or refused, within a second and within 64 MB beyond its own size.
/// </summary>
internal static class FileOpening
{
    private const long MemoryLimit = 64_000_000;
    private static readonly TimeSpan s_timeLimit = TimeSpan.FromSeconds(1);

    /// <summary>Asserts that a file is refused, with its place and what is wrong there.</summary>
    /// <param name="extension">The end of its name.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="problem">What the message has to say.</param>
    /// <param name="folder">The folder that it is in, or null for one of its own.</param>
    public static void AssertRefused(
        string extension, ReadOnlySpan<byte> bytes, string problem, TemporaryDirectory? folder = null)
    {
        using TemporaryDirectory directory = new();
        string path = (folder ?? directory).PathOf("bad" + extension);
        File.WriteAllBytes(path, bytes);

        var error = Assert.IsType<InvalidDataException>(Read(path));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Matches("at byte [0-9]+[:,]", error.Message);
        Assert.InRange(error.Message.Length, 1, 1000);
    }

    /// <summary>Asserts that a file is refused wherever it ends early.</summary>
    public static void AssertEveryTruncationRefused(string extension, ReadOnlySpan<byte> whole)
    {
        for (int length = 0; length < whole.Length; length++)
        {
            AssertRefused(extension, whole[..length], "");
        }
    }

    /// <summary>Reads a file; gives what it was refused with, or null.</summary>
    public static Exception? Read(string path)
    {
        // Other processes on the same cores slow a thread down, but hardly three times.
        for (int attempt = 1; ; attempt++)
        {
            TimeSpan start = TimeOfThread();
            long before = GC.GetAllocatedBytesForCurrentThread();
            Exception? error = Try(path);
            long memory = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.InRange(memory, 0, MemoryLimit + new FileInfo(path).Length);
            TimeSpan elapsed = TimeOfThread() - start;
            if (elapsed < s_timeLimit)
            {
                return error;
            }

            Assert.True(attempt < 3, $"It took {elapsed}, three times: {error?.Message}");
        }
    }

    // What this thread has worked, where the system tells, since tests run beside one another; else what has passed.
    private static TimeSpan TimeOfThread()
    {
        const string Statistics = "/proc/thread-self/schedstat";
        return File.Exists(Statistics)
            ? TimeSpan.FromMicroseconds(
                long.Parse(File.ReadAllText(Statistics).Split(' ')[0], CultureInfo.InvariantCulture) / 1000)
            : Stopwatch.GetElapsedTime(0);
    }

    private static Exception? Try(string path)
    {
        try
        {
            foreach (StoredTensor tensor in TensorFile.Open(path).Tensors.Where(tensor => tensor.IsWeight))
            {
                WeightTensor weights = tensor.ToWeightTensor();

                // A recipe makes as many values as it says.
                if (tensor.Bytes < 1_000_000)
                {
                    weights.WriteTo(Stream.Null, new ParallelOptions());
                }
            }

            return null;
        }
        catch (InvalidDataException exception)
        {
            return exception;
        }
        catch (InitToolsException exception)
            when (exception.ErrorId is ErrorId.InvalidArgument or ErrorId.InvalidFile or ErrorId.UnsupportedVersion)
        {
            // A name can be empty, a file that another one names missing, and a recipe of a later version.
            return exception;
        }
    }
}
