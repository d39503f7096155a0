using System.Diagnostics;
using Xunit;

namespace InitTools.Formats.Tests.BadFiles;

/// <summary>
/// Opens a file as Import-InitWeights does and makes weights of all that it holds, and holds that to what is promised of any file:
/// it is read or refused, within a second and within 64 MB beyond its own size.
/// </summary>
internal static class FileOpening
{
    private const long MemoryLimit = 64_000_000;
    private static readonly TimeSpan s_timeLimit = TimeSpan.FromSeconds(1);

    /// <summary>Reads a file that has to be refused, and gives the message.</summary>
    public static string Refuse(string path)
    {
        Exception? error = Read(path);
        Assert.IsType<InvalidDataException>(error);
        return error.Message;
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
