using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace InitTools.Formats;

/// <summary>
/// Lists a safetensors file from its header: eight bytes with the header's length, little-endian, a JSON object, the
/// values. Everything that the header says is checked against the file before a value is read: the values of all
/// tensors follow one another without gap or overlap and end where the file does.
/// </summary>
/// <remarks>Source: the format's description in the safetensors project.</remarks>
public static class SafetensorsReader
{
    /// <summary>The longest header that is read, as in the format's own reader.</summary>
    public const int MaximumHeaderLength = 100_000_000;

    /// <summary>The extension of such files.</summary>
    internal const string Extension = ".safetensors";

    /// <summary>The bytes of the header's length, with which a file begins.</summary>
    internal const int PrefixLength = 8;

    internal const string MetadataKey = "__metadata__";
    internal const string FormatKey = "format";
    internal const string PyTorchFormat = "pt";

    internal const string RecipeKey = "inittools";

    private const string Format = "safetensors file";
    private const int MaximumDepth = 4;

    /// <summary>Reads the header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">
    /// Not such a file; the message names the byte offset and the tensor.
    /// </exception>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidFile"/>: it cannot be opened.</exception>
    public static TensorFileContents Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = FileIdentity.Open(path);
        var file = FileIdentity.Of(stream);
        Span<byte> prefix = stackalloc byte[PrefixLength];
        int read = stream.ReadAtLeast(prefix, PrefixLength, throwOnEndOfStream: false);
        if (read < PrefixLength)
        {
            throw Malformed(read, "the file ends within the length of its header");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaximumHeaderLength)
        {
            throw Malformed(0, $"a header of {length} bytes is longer than the {MaximumHeaderLength} that are read");
        }

        if ((long)length > file.Length - PrefixLength)
        {
            throw Malformed(
                0, $"the header has {length} bytes and the file {file.Length - PrefixLength} behind its length");
        }

        byte[] header = new byte[length];
        stream.ReadExactly(header);
        return Parse(file, header);
    }

    private static TensorFileContents Parse(FileIdentity file, byte[] header)
    {
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        List<(Entry Entry, string Name, long Position)> entries = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        long start = PrefixLength + header.LongLength;
        RecipeDocument? recipes = null;
        JsonTokens json = new(header, Format, MaximumDepth, PrefixLength);
        json.Expect(JsonTokenType.StartObject, "an object was expected");
        while (json.NextKey() is string name)
        {
            long position = json.Position;
            if (!names.Add(name))
            {
                throw Malformed(position, $"the key {QuotedText.Of(name)} stands twice");
            }

            if (names.Count > TensorLimits.Count)
            {
                throw Malformed(
                    position, $"{QuotedText.Of(name)}: more than {TensorLimits.Count} tensors are not read");
            }

            if (name == MetadataKey)
            {
                recipes = ReadMetadata(ref json, metadata, TensorFileSource.Beside(file.Path, isDeferred: true));
            }
            else
            {
                entries.Add((ReadEntry(ref json, name), name, position));
            }
        }

        // Only blanks may follow; anything else throws.
        json.Read();

        // What PyTorch wrote says so; Keras and Flax have weights the other way round.
        Layout? layout = metadata.GetValueOrDefault(FormatKey) == PyTorchFormat ? Layout.OI : null;
        IEnumerable<StoredTensor> tensors = Place(file, start, entries);
        return new TensorFileContents(
            file.Path,
            [.. tensors.Select(tensor => recipes is null ? tensor with { Layout = layout } : recipes.Describe(tensor))],
            metadata);
    }

    /// <summary>Checks that the values fill the file, and gives each tensor the way to its own.</summary>
    private static StoredTensor[] Place(
        FileIdentity file, long start, List<(Entry Entry, string Name, long Position)> entries)
    {
        long available = file.Length - start;
        long end = 0;
        List<StoredTensor> tensors = new(entries.Count);
        foreach ((Entry entry, string name, long position) in
            entries.OrderBy(item => item.Entry.Begin).ThenBy(item => item.Entry.End))
        {
            if (entry.Begin != end)
            {
                throw Malformed(
                    position,
                    $"{QuotedText.Of(name)}: data_offsets begin at {entry.Begin}, and the values before it end at "
                    + $"{end}; values neither overlap nor leave gaps");
            }

            end = entry.End;
            if (end > available)
            {
                throw Malformed(
                    position,
                    $"{QuotedText.Of(name)}: data_offsets end at {end}, and the file has {available} bytes of values");
            }

            long count = entry.Count!.Value;
            tensors.Add(new StoredTensor(name, entry.Type, entry.Shape, entry.End - entry.Begin)
            {
                Elements = count > 0 && SafetensorsTypes.ToDType(entry.Type) is DType dtype
                    ? new FileElements(file, start + entry.Begin, dtype, count)
                    : null,
            });
        }

        return end == available
            ? [.. tensors]
            : throw Malformed(
                start + end, $"the values of all tensors end at {end}, and the file has {available} bytes of values");
    }

    /// <summary>Reads the texts, and gives the recipes that they hold, where they do.</summary>
    private static RecipeDocument? ReadMetadata(
        ref JsonTokens json, Dictionary<string, string> metadata, ITensorFileSource files)
    {
        RecipeDocument? recipes = null;
        json.Subject = MetadataKey;
        json.Expect(JsonTokenType.StartObject, "an object was expected");
        while (json.NextKey() is string key)
        {
            if (metadata.ContainsKey(key))
            {
                throw json.Malformed($"the key {QuotedText.Of(key)} stands twice");
            }

            if (metadata.Count == TensorLimits.Count)
            {
                throw json.Malformed($"more than {TensorLimits.Count} texts are not read");
            }

            if (!json.Read() || json.Type != JsonTokenType.String)
            {
                throw json.Malformed($"a text was expected for {QuotedText.Of(key)}");
            }

            metadata.Add(key, json.Text());
            if (key == RecipeKey)
            {
                try
                {
                    recipes = RecipeDocument.Parse(Encoding.UTF8.GetBytes(metadata[key]), files);
                }
                catch (InvalidDataException exception)
                {
                    throw json.Malformed($"{key}: {exception.Message.TrimEnd('.')}");
                }
            }
        }

        json.Subject = null;
        return recipes;
    }

    private static Entry ReadEntry(ref JsonTokens json, string name)
    {
        json.Subject = name;
        string? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        json.Expect(JsonTokenType.StartObject, "an object was expected");
        while (json.NextKey() is string key)
        {
            object? before = key switch { "dtype" => type, "shape" => shape, "data_offsets" => offsets, _ => null };
            if (before is not null)
            {
                throw json.Malformed($"the key '{key}' stands twice");
            }

            switch (key)
            {
                case "dtype":
                    json.Expect(JsonTokenType.String, "dtype: a text was expected");
                    type = json.Text();
                    break;
                case "shape":
                    shape = json.WholeNumbers("shape", TensorLimits.Rank);
                    break;
                case "data_offsets":
                    offsets = json.WholeNumbers("data_offsets", 2);
                    break;
                default:
                    throw json.Malformed($"the key {QuotedText.Of(key)} is not one of dtype, shape, data_offsets");
            }
        }

        if (type is null || shape is null || offsets is not [long first, long last])
        {
            throw json.Malformed("dtype, shape and data_offsets, two numbers, are needed");
        }

        if (SafetensorsTypes.BitsOf(type) is not int bits)
        {
            throw json.Malformed(
                $"dtype: {QuotedText.Of(type)} is not one of {string.Join(", ", SafetensorsTypes.Names)}");
        }

        Entry entry = new(type, shape, first, last);
        if (entry.Count is not long count || last < first || (UInt128)count * (uint)bits != 8 * (UInt128)(last - first))
        {
            throw json.Malformed(
                $"data_offsets {first} to {last} do not fit the shape ({string.Join(", ", shape)}) of {type}");
        }

        json.Subject = null;
        return entry;
    }

    private static InvalidDataException Malformed(long offset, string problem) =>
        FileErrors.Malformed(Format, offset, problem);

    private sealed record Entry(string Type, long[] Shape, long Begin, long End)
    {
        public long? Count => StoredShape.CountOf(Shape);
    }
}
