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

    private const string Type = "dtype";
    private const string Shape = "shape";
    private const string Offsets = "data_offsets";

    private static readonly string[] s_keys = [Type, Shape, Offsets];
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
        List<Entry> entries = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        long start = PrefixLength + header.LongLength;
        var json = new Utf8JsonReader(header, s_json);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                throw Malformed(PrefixLength + json.TokenStartIndex, "an object was expected");
            }

            while (NextKey(ref json) is string name)
            {
                long position = PrefixLength + json.TokenStartIndex;
                if (!names.Add(name))
                {
                    throw Malformed(position, $"the key {QuotedText.Of(name)} stands twice");
                }

                if (name == MetadataKey)
                {
                    ReadMetadata(ref json, metadata);
                }
                else if (entries.Count == TensorLimits.Count)
                {
                    throw Malformed(position, name, $"more than {TensorLimits.Count} tensors are not read");
                }
                else
                {
                    entries.Add(ReadEntry(ref json, name, position));
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
    private static StoredTensor[] Place(FileIdentity file, long start, List<Entry> entries, Layout? layout)
    {
        long available = file.Length - start;
        long end = 0;
        var tensors = new StoredTensor[entries.Count];
        int placed = 0;
        foreach (Entry entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != end)
            {
                throw Malformed(
                    entry.Position,
                    entry.Name,
                    $"data_offsets begin at {entry.Begin}, and the values before it end at {end}; values "
                    + "neither overlap nor leave gaps");
            }

            end = entry.End;
            if (end > available)
            {
                throw Malformed(
                    entry.Position,
                    entry.Name,
                    $"data_offsets end at {end}, and the file has {available} bytes of values");
            }

            tensors[placed++] = new StoredTensor(entry.Name, entry.Type, entry.Shape, entry.End - entry.Begin)
            {
                Layout = layout,
                Elements = entry.Count > 0 && SafetensorsTypes.ToDType(entry.Type) is DType dtype
                    ? new FileElements(file, start + entry.Begin, dtype, entry.Count)
                    : null,
            };
        }

        return end == available
            ? tensors
            : throw Malformed(
                start + end, $"the values of all tensors end at {end}, and the file has {available} bytes of values");
    }

    private static void ReadMetadata(ref Utf8JsonReader json, Dictionary<string, string> metadata)
    {
        Expect(ref json, JsonTokenType.StartObject, MetadataKey, "an object was expected");
        while (NextKey(ref json) is string key)
        {
            if (metadata.ContainsKey(key))
            {
                throw Malformed(
                    PrefixLength + json.TokenStartIndex, key, $"the key stands twice in {MetadataKey}");
            }

            if (!json.Read() || json.TokenType != JsonTokenType.String)
            {
                throw Malformed(
                    PrefixLength + json.TokenStartIndex, key, $"a text was expected in {MetadataKey}");
            }

            if (metadata.Count == TensorLimits.Count)
            {
                throw Malformed(
                    PrefixLength + json.TokenStartIndex,
                    key,
                    $"more than {TensorLimits.Count} texts are not read of {MetadataKey}");
            }

            metadata.Add(key, json.GetString()!);
        }
    }

    private static Entry ReadEntry(ref Utf8JsonReader json, string name, long position)
    {
        string? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        Expect(ref json, JsonTokenType.StartObject, name, "an object was expected");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            long keyPosition = PrefixLength + json.TokenStartIndex;
            string key = KnownKey(ref json)
                ?? throw Malformed(
                    keyPosition,
                    name,
                    $"the key {QuotedText.Of(json.GetString()!)} is not one of {string.Join(", ", s_keys)}");
            object? found = key switch { Type => type, Shape => shape, _ => offsets };
            if (found is not null)
            {
                throw Malformed(keyPosition, name, $"the key '{key}' stands twice");
            }

            switch (key)
            {
                case Type:
                    Expect(ref json, JsonTokenType.String, name, $"{Type}: a text was expected");
                    type = json.GetString()!;
                    break;
                case Shape:
                    shape = ReadNumbers(ref json, name, Shape, TensorLimits.Rank);
                    break;
                default:
                    offsets = ReadNumbers(ref json, name, Offsets, 2);
                    break;
            }
        }

        long end = PrefixLength + json.TokenStartIndex;
        if (type is null || shape is null || offsets is not [long first, long last])
        {
            throw Malformed(end, name, $"{Type}, {Shape} and {Offsets}, two numbers, are needed");
        }

        if (SafetensorsTypes.Find(type) is not (string known, int bits))
        {
            throw Malformed(
                end, name, $"{Type}: {QuotedText.Of(type)} is not one of {string.Join(", ", SafetensorsTypes.Names)}");
        }

        return ElementCount.Of(shape) is long count && last >= first
            && (UInt128)count * (uint)bits == 8 * (UInt128)(last - first)
            ? new Entry(name, known, shape, first, last, count, position)
            : throw Malformed(
                end,
                name,
                $"data_offsets {first} to {last} do not fit the shape ({string.Join(", ", shape)}) of {type}");
    }

    private static string? KnownKey(ref Utf8JsonReader json)
    {
        foreach (string key in s_keys)
        {
            if (json.ValueTextEquals(key))
            {
                return key;
            }
        }

        return null;
    }

    private static long[] ReadNumbers(ref Utf8JsonReader json, string name, string field, int maximum)
    {
        Span<long> numbers = stackalloc long[TensorLimits.Rank];
        int count = 0;
        if (!json.Read() || json.TokenType != JsonTokenType.StartArray)
        {
            throw Malformed(
                PrefixLength + json.TokenStartIndex, name, $"{field}: a list of whole numbers was expected");
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out long number) || number < 0)
            {
                throw Malformed(
                    PrefixLength + json.TokenStartIndex, name, $"{field}: a whole number from 0 to 2^63-1 was expected");
            }

            if (count == maximum)
            {
                throw Malformed(
                    PrefixLength + json.TokenStartIndex, name, $"{field}: more than {maximum} numbers stand there");
            }

            numbers[count++] = number;
        }

        return numbers[..count].ToArray();
    }

    private static string? NextKey(ref Utf8JsonReader json) =>
        json.Read() && json.TokenType == JsonTokenType.PropertyName ? json.GetString() : null;

    private static void Expect(ref Utf8JsonReader json, JsonTokenType token, string name, string problem)
    {
        if (!json.Read() || json.TokenType != token)
        {
            throw Malformed(PrefixLength + json.TokenStartIndex, name, problem);
        }
    }

    private static InvalidDataException Malformed(long offset, string name, string problem) =>
        Malformed(offset, $"{QuotedText.Of(name)}: {problem}");

    private static InvalidDataException Malformed(long offset, string problem) =>
        new(string.Create(
            CultureInfo.InvariantCulture,
            $"Not a safetensors file that is read here, at byte {offset}: {problem}."));

    /// <summary>What the header says of a tensor, and where it says it.</summary>
    private readonly record struct Entry(
        string Name, string Type, long[] Shape, long Begin, long End, long Count, long Position);
}
