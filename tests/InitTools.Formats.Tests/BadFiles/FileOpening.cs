using System.Diagnostics;
using Xunit;

namespace InitTools.Formats.Tests.BadFiles;

/// <summary>
/// Opens a file as Import-InitWeights does, makes weights of all that is in it, and asserts what is promised of any file:
/// it is read or refused, within a second and within 64 MB beyond its own size.
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
        // Another process may hold the machine for a second, but hardly three times.
        for (int attempt = 1; ; attempt++)
        {
            var watch = Stopwatch.StartNew();
            long before = GC.GetAllocatedBytesForCurrentThread();
            Exception? error = Try(path);
            long memory = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.InRange(memory, 0, MemoryLimit + new FileInfo(path).Length);
            if (watch.Elapsed < s_timeLimit)
            {
                return error;
            }

            Assert.True(attempt < 3, $"It took {watch.Elapsed}, three times: {error?.Message}");
        }
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
