using System.Text.Encodings.Web;
using System.Text.Json;

namespace InitTools.Formats;

/// <summary>
/// The index of a model in several .safetensors files: a JSON object whose <c>weight_map</c> says in which file, of the
/// same folder, each tensor is.
/// </summary>
/// <remarks>Source: the documentation of Hugging Face's transformers, "sharded checkpoints".</remarks>
public static class SafetensorsIndex
{
    /// <summary>The end of such files' names.</summary>
    internal const string Extension = SafetensorsReader.Extension + Suffix;

    /// <summary>What stands behind the name that the model would have in one file.</summary>
    internal const string Suffix = ".index.json";

    private const string Format = "index of safetensors files";
    private const string MapKey = "weight_map";
    private const string MetadataKey = "metadata";
    private const int MaximumDepth = 16;

    // Twice as many as the largest models have in all of their files.
    private const int MaximumTensors = 4 * TensorLimits.Count;

    /// <summary>Lists the tensors of all files, in the order of the files' first tensors in the index.</summary>
    /// <param name="path">The index.</param>
    /// <exception cref="InvalidDataException">
    /// Not such a file, or one whose files hold other tensors than it says; the message names the byte.
    /// </exception>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidFile"/>: a file cannot be opened.</exception>
    public static TensorFileContents Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (string fullPath, byte[] json) = FileIdentity.ReadText(path);
        OrderedDictionary<string, Place> places = Parse(json);
        string directory = Path.GetDirectoryName(fullPath)!;
        List<StoredTensor> tensors = [];
        bool isOrdered = false;
        foreach (string file in places.Values.Select(place => place.File).Distinct().Order(StringComparer.Ordinal))
        {
            TensorFileContents part = SafetensorsReader.Read(Path.Combine(directory, file));
            isOrdered |= part.IsOrdered;
            foreach (StoredTensor tensor in part.Tensors)
            {
                if (places.GetValueOrDefault(tensor.Name)?.File != file)
                {
                    throw new InvalidDataException(
                        $"'{part.Path}' has a tensor {QuotedText.Of(tensor.Name)}, which is not there by the index "
                        + $"'{path}'.");
                }

                tensors.Add(tensor);
            }
        }

        HashSet<string> found = [.. tensors.Select(tensor => tensor.Name)];
        foreach ((string name, Place place) in places.Where(pair => !found.Contains(pair.Key)))
        {
            throw FileErrors.Malformed(Format, place.Position, $"{QuotedText.Of(name)} is not in '{place.File}'");
        }

        return new TensorFileContents(fullPath, tensors, new Dictionary<string, string>()) { IsOrdered = isOrdered };
    }

    /// <summary>The bytes of an index.</summary>
    /// <param name="parts">The files and their tensors.</param>
    internal static byte[] TextOf(IEnumerable<(string File, IReadOnlyList<WeightTensor> Tensors)> parts)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions
        {
            Indented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            json.WriteNumber("total_size", parts.Sum(part => part.Tensors.Sum(
                tensor => tensor.Count * DTypes.SizeOf(tensor.GetDType()))));
            json.WriteEndObject();
            json.WriteStartObject(MapKey);
            foreach ((string file, IReadOnlyList<WeightTensor> tensors) in parts)
            {
                foreach (WeightTensor tensor in tensors)
                {
                    json.WriteString(tensor.Name, file);
                }
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static OrderedDictionary<string, Place> Parse(byte[] json)
    {
        OrderedDictionary<string, Place>? places = null;
        JsonTokens tokens = new(json, Format, MaximumDepth);
        tokens.Expect(JsonTokenType.StartObject, "an object was expected");
        while (tokens.NextKey() is string key)
        {
            if (key != MapKey)
            {
                tokens.Skip();
            }
            else if (places is null)
            {
                places = ReadMap(ref tokens);
            }
            else
            {
                throw tokens.Malformed($"the key '{key}' stands twice");
            }
        }

        if (places is null)
        {
            throw tokens.Malformed($"the key '{MapKey}' is missing");
        }

        // Only blanks may follow; anything else throws.
        tokens.Read();
        return places;
    }

    private static OrderedDictionary<string, Place> ReadMap(ref JsonTokens tokens)
    {
        OrderedDictionary<string, Place> places = new(StringComparer.Ordinal);
        tokens.Expect(JsonTokenType.StartObject, $"{MapKey}: an object was expected");
        while (tokens.NextKey() is string name)
        {
            long position = tokens.Position;
            if (places.Count == MaximumTensors)
            {
                throw tokens.Malformed($"{MapKey}: more than {MaximumTensors} tensors are not read");
            }

            if (!tokens.Read() || tokens.Type != JsonTokenType.String)
            {
                throw tokens.Malformed($"{MapKey}: {QuotedText.Of(name)}: the name of a file was expected");
            }

            string file = tokens.Text();
            bool isOfFolder = file.AsSpan().IndexOfAny("/\\:") < 0
                && !file.Any(char.IsControl)
                && file.EndsWith(SafetensorsReader.Extension, StringComparison.OrdinalIgnoreCase);
            if (!isOfFolder)
            {
                throw tokens.Malformed(
                    $"{MapKey}: {QuotedText.Of(name)}: {QuotedText.Of(file)} is no .safetensors file in the folder of "
                    + "the index");
            }

            if (!places.TryAdd(name, new Place(file, position)))
            {
                throw FileErrors.Malformed(Format, position, $"{MapKey}: the key {QuotedText.Of(name)} stands twice");
            }
        }

        return places;
    }

    private sealed record Place(string File, long Position);
}
