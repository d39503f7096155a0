using System.Globalization;

namespace InitTools.Formats;

/// <summary>
/// Tensors in several .safetensors files and an index of them, as published models have it. The plan follows from
/// names, shapes and types alone, so that jobs that write a part each write the same index, and the same parts as one
/// job would.
/// </summary>
internal sealed class PartedTensors
{
    private readonly string _directory;
    private readonly IReadOnlyList<string> _files;
    private readonly IReadOnlyList<IReadOnlyList<WeightTensor>> _parts;
    private readonly string _index;

    private PartedTensors(string path, IReadOnlyList<IReadOnlyList<WeightTensor>> parts)
    {
        string stem = path[..^SafetensorsReader.Extension.Length];
        _directory = Path.GetDirectoryName(path) ?? "";
        _parts = parts;
        _index = path + SafetensorsIndex.Suffix;
        _files =
        [
            .. Enumerable.Range(1, parts.Count).Select(number => Path.GetFileName(string.Create(
                CultureInfo.InvariantCulture, $"{stem}-{number:D5}-of-{parts.Count:D5}{SafetensorsReader.Extension}"))),
        ];
    }

    /// <summary>Plans the files.</summary>
    /// <param name="path">What the file would be called if it were one: it ends in .safetensors.</param>
    /// <param name="tensors">All tensors, in their order.</param>
    /// <param name="count">The number of files.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ParameterConflict"/>: another extension, or two tensors of one name;
    /// <see cref="ErrorId.InvalidArgument"/>: more files than tensors.
    /// </exception>
    public static PartedTensors Plan(string path, IReadOnlyList<WeightTensor> tensors, int count)
    {
        if (!path.EndsWith(SafetensorsReader.Extension, StringComparison.OrdinalIgnoreCase))
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"'{path}' was to be written in parts, which {SafetensorsReader.Extension} files alone are.",
                path);
        }

        if (count > tensors.Count)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{tensors.Count} tensors were to make {count} files; a file has one tensor or more.",
                count);
        }

        TensorNaming.RequireDistinct(tensors, SafetensorsReader.MetadataKey);
        long[] sizes = [.. tensors.Select(tensor => tensor.Count * DTypes.SizeOf(tensor.GetDType()))];
        return new PartedTensors(path, [.. Partition.Of(sizes, count).Select(run => tensors.Take(run).ToArray())]);
    }

    /// <summary>Writes parts, each whole or not at all, and then the index.</summary>
    /// <param name="number">The part, from 1; null for all of them.</param>
    /// <param name="force">Whether existing files are replaced. An index that is the same stays.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="progress">Told the share of the elements written so far, from 0 to 1, or null.</param>
    public void Write(int? number, bool force, ParallelOptions options, IProgress<double>? progress)
    {
        int[] chosen = number is int one ? [one - 1] : [.. Enumerable.Range(0, _parts.Count)];
        byte[] index = SafetensorsIndex.TextOf(_files.Zip(_parts));
        if (!force)
        {
            RequireAbsent(chosen, index);
        }

        double total = chosen.Sum(part => CountOf(part));
        double before = 0;
        foreach (int part in chosen)
        {
            var share = ShareProgress.Of(before, total, progress);
            AtomicFile.Write(
                PathOf(part),
                force,
                stream => SafetensorsWriter.Write(stream, _parts[part], options, share),
                options.CancellationToken);
            before += CountOf(part);
        }

        WriteIndex(index, force);
    }

    // Before anything is written: the last of many parts would be known to be there only after hours.
    private void RequireAbsent(int[] chosen, byte[] index)
    {
        foreach (int part in chosen)
        {
            AtomicFile.RequireAbsent(PathOf(part));
        }

        if (!Holds(index))
        {
            AtomicFile.RequireAbsent(_index);
        }
    }

    private void WriteIndex(byte[] index, bool force)
    {
        if (Holds(index))
        {
            return;
        }

        try
        {
            AtomicFile.Write(_index, force, stream => stream.Write(index));
        }
        catch (InitToolsException exception) when (exception.ErrorId == ErrorId.FileExists && Holds(index))
        {
            // Another job wrote it just now.
        }
    }

    private bool Holds(byte[] index) =>
        new FileInfo(_index) is { Exists: true } file && file.Length == index.Length
        && File.ReadAllBytes(_index).AsSpan().SequenceEqual(index);

    private double CountOf(int part) => _parts[part].Sum(tensor => (double)tensor.Count);

    private string PathOf(int part) => Path.Combine(_directory, _files[part]);
}
