using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace InitTools.Formats;

/// <summary>
/// The recipes of tensors as one JSON object: what all share, such as the seed, and a list with what each has besides.
/// It is what a .init.json file holds, and what stands in the metadata of a safetensors file.
/// </summary>
internal sealed class RecipeDocument
{
    private const string Format = "recipe of weights";
    private const string TensorsKey = "tensors";
    private const string StoredLayoutKey = "storedLayout";
    private const int MaximumDepth = 4;

    // Three times as many as there are; a later version may have more.
    private const int MaximumKeys = 64;

    private const int LongestText = 10_000;
    private const int LongestProblem = 500;

    // A JSON reader that keeps numbers in double precision keeps whole ones up to here.
    private const ulong LargestNumber = 1UL << 53;

    private static readonly string[] s_shared =
    [
        nameof(WeightTensor.Version), nameof(WeightTensor.Generator), nameof(WeightTensor.Seed),
        nameof(WeightTensor.Layout), nameof(WeightTensor.DType),
    ];

    private static readonly string[] s_numbers =
    [
        nameof(WeightTensor.Version), nameof(WeightTensor.Seed), nameof(WeightTensor.Offset),
        nameof(WeightTensor.Count), nameof(WeightTensor.FanIn), nameof(WeightTensor.FanOut),
        nameof(WeightTensor.DrawOffset),
        nameof(WeightTensor.CarriedDraw),
    ];

    private readonly Entry _shared;
    private readonly OrderedDictionary<string, Entry> _tensors;
    private readonly ITensorFileSource? _files;

    private RecipeDocument(Entry shared, OrderedDictionary<string, Entry> tensors, ITensorFileSource? files = null)
    {
        _shared = shared;
        _tensors = tensors;
        _files = files;
    }

    /// <summary>The names of the tensors, in their order.</summary>
    public IEnumerable<string> Names => _tensors.Keys;

    /// <summary>The document of tensors; those that no recipe makes have nothing in it but their layout.</summary>
    /// <exception cref="InvalidDataException">The recipe that came with imported values is malformed.</exception>
    public static RecipeDocument Of(IReadOnlyList<WeightTensor> tensors)
    {
        (WeightTensor Tensor, RecordedRecipe? Recipe)[] all =
            [.. tensors.Select(tensor => (tensor, tensor.GetRecordedRecipe()))];
        Entry shared = new(0);
        if (all.FirstOrDefault(item => item.Recipe is not null).Recipe is RecordedRecipe first)
        {
            foreach ((string name, string text) in RecipeText.Write(first.Recipe)
                .Where(pair => s_shared.Contains(pair.Key)))
            {
                shared.Texts.Add(name, text);
            }
        }

        if (all.Length > 0 && NameOf(StoredLayoutOf(all[0])) is string layout
            && layout != shared.Texts.GetValueOrDefault(nameof(WeightTensor.Layout)))
        {
            shared.Texts.Add(StoredLayoutKey, layout);
        }

        RecipeDocument document = new(shared, []);
        foreach ((WeightTensor Tensor, RecordedRecipe? Recipe) item in all)
        {
            document.Add(item.Tensor.Name, item.Recipe, StoredLayoutOf(item));
        }

        return document;
    }

    /// <summary>Reads a document. What a recipe says is looked at when it is asked for.</summary>
    /// <param name="json">The document.</param>
    /// <param name="files">Finds the tensors of files that its initializers name.</param>
    /// <exception cref="InvalidDataException">It is none; the message names the byte.</exception>
    public static RecipeDocument Parse(ReadOnlySpan<byte> json, ITensorFileSource files)
    {
        Entry shared = new(0);
        OrderedDictionary<string, Entry>? tensors = null;
        JsonTokens tokens = new(json, Format, MaximumDepth);
        tokens.Expect(JsonTokenType.StartObject, "an object was expected");
        while (tokens.NextKey() is string key)
        {
            if (key != TensorsKey)
            {
                shared.Read(ref tokens, key);
            }
            else if (tensors is null)
            {
                tensors = ReadTensors(ref tokens);
            }
            else
            {
                throw tokens.Malformed($"the key '{key}' stands twice");
            }
        }

        if (tensors is null)
        {
            throw tokens.Malformed($"the key '{TensorsKey}' is missing");
        }

        // Only blanks may follow; anything else throws.
        tokens.Read();
        return new RecipeDocument(shared, tensors, files);
    }

    /// <summary>The document as text: a line for each tensor, or all on one.</summary>
    public string ToText(bool hasLines)
    {
        StringBuilder text = new("{");
        (string line, string indented) = hasLines ? ("\n  ", "\n    ") : ("", "");
        foreach (KeyValuePair<string, string> pair in _shared.Texts)
        {
            text.Append(line).Append(TextOf(pair, hasLines)).Append(',');
        }

        text.Append(line).Append(Quote(TensorsKey)).Append(hasLines ? ": [" : ":[");
        text.AppendJoin(',', _tensors.Values.Select(entry =>
            $"{indented}{{{string.Join(hasLines ? ", " : ",", entry.Texts.Select(pair => TextOf(pair, hasLines)))}}}"));
        return text.Append(line).Append(']').Append(hasLines ? "\n}\n" : "}").ToString();
    }

    /// <summary>What the document says of a tensor in a file: its layout, its recipe, its activation.</summary>
    public StoredTensor Describe(StoredTensor tensor)
    {
        Entry? entry = _tensors.GetValueOrDefault(tensor.Name);
        return tensor with
        {
            Layout = StoredLayoutOf(entry),
            Activation = entry is null
                ? null
                : Interpret(tensor.Name, entry, () => entry.Find(nameof(WeightTensor.Activation)) is string activation
                    ? Activation.Parse(activation)
                    : null),
            RecordedRecipe = () => Find(tensor.Name),
        };
    }

    /// <summary>The recipe of a tensor, or null where it has none.</summary>
    /// <exception cref="InvalidDataException">It is malformed; the message names the byte.</exception>
    /// <exception cref="InitToolsException"><see cref="ErrorId.UnsupportedVersion"/>.</exception>
    public RecordedRecipe? Find(string name)
    {
        if (_tensors.GetValueOrDefault(name) is not Entry entry || entry.Find(nameof(WeightTensor.Initializer)) is null)
        {
            return null;
        }

        if (entry.Texts.Keys.Concat(_shared.Texts.Keys).FirstOrDefault(key => !IsKnown(key)) is string unknown)
        {
            throw FileErrors.Malformed(
                Format,
                entry.Position,
                $"{QuotedText.Of(name)}: the key {QuotedText.Of(unknown)} is none of "
                + $"{string.Join(", ", RecipeText.Properties.Select(KeyOf))}, {StoredLayoutKey}");
        }

        return Interpret(name, entry, () =>
        {
            WeightTensor recipe = RecipeText.Read(
                property => entry.Find(property) ?? _shared.Find(property), _files);
            return new RecordedRecipe(recipe, StoredLayoutOf(entry) ?? recipe.GetLayout());
        });
    }

    /// <summary>The tensor that a recipe makes as it is to be stored.</summary>
    /// <exception cref="InvalidDataException">
    /// It is malformed, or there is none; the message names the byte.
    /// </exception>
    /// <exception cref="InitToolsException"><see cref="ErrorId.UnsupportedVersion"/>.</exception>
    public StoredTensor Require(string name)
    {
        RecordedRecipe recipe = Find(name) ?? throw FileErrors.Malformed(
            Format,
            _tensors[name].Position,
            $"{QuotedText.Of(name)}: the key '{KeyOf(nameof(WeightTensor.Initializer))}' is missing");
        return Interpret(name, _tensors[name], () => StoredTensor.Of(recipe));
    }

    private static OrderedDictionary<string, Entry> ReadTensors(ref JsonTokens tokens)
    {
        OrderedDictionary<string, Entry> tensors = new(StringComparer.Ordinal);
        tokens.Expect(JsonTokenType.StartArray, $"{TensorsKey}: a list was expected");
        while (tokens.Read() && tokens.Type != JsonTokenType.EndArray)
        {
            if (tokens.Type != JsonTokenType.StartObject)
            {
                throw tokens.Malformed($"{TensorsKey}: an object was expected");
            }

            Entry entry = new(tokens.Position);
            while (tokens.NextKey() is string key)
            {
                entry.Read(ref tokens, key);
            }

            if (tensors.Count == TensorLimits.Count)
            {
                throw tokens.Malformed($"{TensorsKey}: more than {TensorLimits.Count} are not read");
            }

            if (entry.Find(nameof(WeightTensor.Name)) is not string name || !tensors.TryAdd(name, entry))
            {
                throw FileErrors.Malformed(
                    Format, entry.Position, $"{TensorsKey}: each has a name of its own");
            }
        }

        return tensors;
    }

    private static Layout StoredLayoutOf((WeightTensor Tensor, RecordedRecipe? Recipe) item) =>
        item.Recipe?.Layout ?? item.Tensor.GetLayout();

    private static T Interpret<T>(string name, Entry entry, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InitToolsException exception) when (exception.ErrorId != ErrorId.UnsupportedVersion)
        {
            string problem = QuotedText.Shorten(exception.Message.TrimEnd('.'), LongestProblem);
            throw FileErrors.Malformed(Format, entry.Position, $"{QuotedText.Of(name)}: {problem}");
        }
    }

    private static string NameOf(Layout layout) => Layouts.Spellings.NameOf(layout);

    private static bool IsKnown(string key) =>
        RecipeText.Properties.Append(StoredLayoutKey).Contains(key, StringComparer.OrdinalIgnoreCase);

    private static string KeyOf(string property) => JsonNamingPolicy.CamelCase.ConvertName(property);

    private static string Quote(string text) =>
        $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static string TextOf(KeyValuePair<string, string> pair, bool hasBlanks)
    {
        bool isNumber = s_numbers.Contains(pair.Key)
            && (!ulong.TryParse(pair.Value, CultureInfo.InvariantCulture, out ulong number) || number <= LargestNumber);
        return $"{Quote(KeyOf(pair.Key))}:{(hasBlanks ? " " : "")}{(isNumber ? pair.Value : Quote(pair.Value))}";
    }

    private void Add(string name, RecordedRecipe? recipe, Layout stored)
    {
        Entry entry = new(0);
        IReadOnlyList<KeyValuePair<string, string>> texts =
            recipe is null ? [KeyValuePair.Create(nameof(WeightTensor.Name), name)] : RecipeText.Write(recipe.Recipe);
        foreach ((string property, string text) in texts.Where(pair => _shared.Find(pair.Key) != pair.Value))
        {
            entry.Texts.Add(property, text);
        }

        if (StoredLayoutOf(null) != stored)
        {
            entry.Texts.Add(StoredLayoutKey, NameOf(stored));
        }

        if (recipe is not null || entry.Texts.Count > 1)
        {
            _tensors.Add(name, entry);
        }
    }

    private Layout? StoredLayoutOf(Entry? entry)
    {
        string? text = entry?.Find(StoredLayoutKey)
            ?? _shared.Find(StoredLayoutKey)
            ?? _shared.Find(nameof(WeightTensor.Layout));
        return text is null ? null : Interpret(StoredLayoutKey, entry ?? _shared, () => Layouts.Spellings.Parse(text));
    }

    /// <summary>Texts by their keys, and where they begin in the file.</summary>
    private sealed class Entry(long position)
    {
        public long Position => position;

        public OrderedDictionary<string, string> Texts { get; } = new(StringComparer.OrdinalIgnoreCase);

        public string? Find(string key) => Texts.GetValueOrDefault(key);

        public void Read(ref JsonTokens tokens, string key)
        {
            if (Texts.ContainsKey(key))
            {
                throw tokens.Malformed($"the key {QuotedText.Of(key)} stands twice");
            }

            if (Texts.Count == MaximumKeys)
            {
                throw tokens.Malformed($"more than {MaximumKeys} keys are not read");
            }

            if (!tokens.Read() || tokens.Type is not (JsonTokenType.String or JsonTokenType.Number))
            {
                throw tokens.Malformed($"{QuotedText.Of(key)}: a text or a number was expected");
            }

            string text = tokens.Type == JsonTokenType.String ? tokens.Text() : tokens.NumberText();
            if (text.Length > LongestText)
            {
                throw tokens.Malformed(
                    $"{QuotedText.Of(key)}: {text.Length} characters are more than the {LongestText} that are read");
            }

            Texts.Add(key, text);
        }
    }
}
