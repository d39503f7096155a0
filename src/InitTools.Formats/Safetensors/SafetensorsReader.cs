using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace InitTools.Formats;

/// <summary>
/// Lists a safetensors file from its header: eight bytes with the header's length, little-endian, a JSON object, the
/// values. Everything that the header says is checked against the file before a value is read: the values of all tensors
/// follow one another without gap or overlap and end where the file does.
/// </summary>
/// <remarks>Source: the format's description in the safetensors project.</remarks>
public static class SafetensorsReader
{
    /// <summary>The longest header that is read, as in the format's own reader.</summary>
    public const int MaximumHeaderLength = 100_000_000;

    private const int PrefixLength = 8;
    internal const string MetadataKey = "__metadata__";
    internal const string FormatKey = "format";
    internal const string PyTorchFormat = "pt";

    private static readonly JsonReaderOptions s_json = new() { MaxDepth = 4 };

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
        var json = new Utf8JsonReader(header, s_json);
        try
        {
            Expect(ref json, JsonTokenType.StartObject, "an object was expected");
            while (NextKey(ref json) is string name)
            {
                long position = PrefixLength + json.TokenStartIndex;
                if (!names.Add(name))
                {
                    throw Malformed(position, $"the key '{name}' stands twice");
                }

                if (name == MetadataKey)
                {
                    ReadMetadata(ref json, metadata);
                }
                else
                {
                    entries.Add((ReadEntry(ref json, name), name, position));
                }
            }

            // Only blanks may follow; anything else throws.
            json.Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Malformed(
                PrefixLength + json.BytesConsumed, $"the header is not JSON in UTF-8 ({exception.Message})");
        }

        // What PyTorch wrote says so; Keras and Flax have weights the other way round.
        Layout? layout = metadata.GetValueOrDefault(FormatKey) == PyTorchFormat ? Layout.OI : null;
        return new TensorFileContents(file.Path, Place(file, start, entries, layout), metadata);
    }

    /// <summary>Checks that the values fill the file, and gives each tensor the way to its own.</summary>
    private static StoredTensor[] Place(
        FileIdentity file, long start, List<(Entry Entry, string Name, long Position)> entries, Layout? layout)
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
                    $"'{name}': data_offsets begin at {entry.Begin}, and the values before it end at {end}; values "
                    + "neither overlap nor leave gaps");
            }

            end = entry.End;
            if (end > available)
            {
                throw Malformed(
                    position, $"'{name}': data_offsets end at {end}, and the file has {available} bytes of values");
            }

            long count = entry.Count!.Value;
            tensors.Add(new StoredTensor(name, entry.Type, entry.Shape, entry.End - entry.Begin)
            {
                Layout = layout,
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

    private static void ReadMetadata(ref Utf8JsonReader json, Dictionary<string, string> metadata)
    {
        Expect(ref json, JsonTokenType.StartObject, $"{MetadataKey}: an object was expected");
        while (NextKey(ref json) is string key)
        {
            if (metadata.ContainsKey(key))
            {
                throw Malformed(
                    PrefixLength + json.TokenStartIndex, $"{MetadataKey}: the key '{key}' stands twice");
            }

            Expect(ref json, JsonTokenType.String, $"{MetadataKey}: a text was expected for '{key}'");
            metadata.Add(key, json.GetString()!);
        }
    }

    private static Entry ReadEntry(ref Utf8JsonReader json, string name)
    {
        string? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        Expect(ref json, JsonTokenType.StartObject, $"'{name}': an object was expected");
        while (NextKey(ref json) is string key)
        {
            long position = PrefixLength + json.TokenStartIndex;
            bool isTwice = key switch { "dtype" => type, "shape" => shape, "data_offsets" => (object?)offsets, _ => null }
                is not null;
            if (isTwice)
            {
                throw Malformed(position, $"'{name}': the key '{key}' stands twice");
            }

            switch (key)
            {
                case "dtype":
                    Expect(ref json, JsonTokenType.String, $"'{name}': dtype is a text");
                    type = json.GetString()!;
                    break;
                case "shape":
                    shape = ReadNumbers(ref json, $"'{name}': shape");
                    break;
                case "data_offsets":
                    offsets = ReadNumbers(ref json, $"'{name}': data_offsets");
                    break;
                default:
                    throw Malformed(position, $"'{name}': the key '{key}' is not one of dtype, shape, data_offsets");
            }
        }

        long end = PrefixLength + json.TokenStartIndex;
        if (type is null || shape is null || offsets is not [long first, long last])
        {
            throw Malformed(end, $"'{name}': dtype, shape and data_offsets, two numbers, are needed");
        }

        if (SafetensorsTypes.BitsOf(type) is not int bits)
        {
            throw Malformed(
                end, $"'{name}': the dtype '{type}' is not one of {string.Join(", ", SafetensorsTypes.Names)}");
        }

        Entry entry = new(type, shape, first, last);
        if (entry.Count is not long count || last < first || (UInt128)count * (uint)bits != 8 * (UInt128)(last - first))
        {
            throw Malformed(
                end,
                $"'{name}': data_offsets {first} to {last} do not fit the shape ({string.Join(", ", shape)}) of {type}");
        }

        return entry;
    }

    private static List<long> ReadNumbers(ref Utf8JsonReader json, string what)
    {
        List<long> numbers = [];
        Expect(ref json, JsonTokenType.StartArray, $"{what}: a list of whole numbers was expected");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out long number) || number < 0)
            {
                throw Malformed(
                    PrefixLength + json.TokenStartIndex, $"{what}: a whole number from 0 to 2^63-1 was expected");
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private static string? NextKey(ref Utf8JsonReader json) =>
        json.Read() && json.TokenType == JsonTokenType.PropertyName ? json.GetString() : null;

    private static void Expect(ref Utf8JsonReader json, JsonTokenType token, string problem)
    {
        if (!json.Read() || json.TokenType != token)
        {
            throw Malformed(PrefixLength + json.TokenStartIndex, problem);
        }
    }

    private static InvalidDataException Malformed(long offset, string problem) =>
        new(string.Create(
            CultureInfo.InvariantCulture,
            $"Not a safetensors file that is read here, at byte {offset}: {problem}."));

    private sealed record Entry(string Type, List<long> Shape, long Begin, long End)
    {
        public long? Count
        {
            get
            {
                if (Shape.Contains(0))
                {
                    return 0;
                }

                long count = 1;
                foreach (long dimension in Shape)
                {
                    if (count > long.MaxValue / dimension)
                    {
                        return null;
                    }

                    count *= dimension;
                }

                return count;
            }
        }
    }
}
