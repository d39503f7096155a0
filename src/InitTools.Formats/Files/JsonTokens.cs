using System.Text;
using System.Text.Json;

namespace InitTools.Formats;

/// <summary>JSON that a file holds, token by token; what is wrong is said with its place in the file.</summary>
internal ref struct JsonTokens
{
    private readonly string _format;
    private readonly long _start;
    private Utf8JsonReader _json;

    /// <summary>Begins to read.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="format">What the file was taken for, such as <c>safetensors file</c>.</param>
    /// <param name="maximumDepth">How deeply objects and lists may be nested.</param>
    /// <param name="start">Where the text begins in the file.</param>
    public JsonTokens(ReadOnlySpan<byte> text, string format, int maximumDepth, long start = 0)
    {
        _json = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = maximumDepth });
        _format = format;
        _start = start;
    }

    /// <summary>Where the last token begins in the file.</summary>
    public readonly long Position => _start + _json.TokenStartIndex;

    /// <summary>The name of what is being read, with which errors begin; null for nothing in particular.</summary>
    public string? Subject { get; set; }

    /// <summary>The last token.</summary>
    public readonly JsonTokenType Type => _json.TokenType;

    /// <summary>The error for what stands where the last token begins.</summary>
    public readonly InvalidDataException Malformed(string problem) => FileErrors.Malformed(
        _format, Position, Subject is null ? problem : $"{QuotedText.Of(Subject)}: {problem}");

    /// <summary>Goes to the next token; false at the end.</summary>
    public bool Read()
    {
        try
        {
            return _json.Read();
        }
        catch (JsonException exception)
        {
            throw NotJson(exception);
        }
    }

    /// <summary>Goes to the next token, which has to be of a kind.</summary>
    public void Expect(JsonTokenType type, string problem)
    {
        if (!Read() || Type != type)
        {
            throw Malformed(problem);
        }
    }

    /// <summary>The next key of an object, or null at its end.</summary>
    public string? NextKey() => Read() && Type == JsonTokenType.PropertyName ? Text() : null;

    /// <summary>The text that the last token is.</summary>
    public readonly string Text()
    {
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw NotJson(exception);
        }
    }

    /// <summary>The characters of the number that the last token is.</summary>
    public readonly string NumberText() => Encoding.ASCII.GetString(_json.ValueSpan);

    /// <summary>The list of whole numbers of 0 or more that comes next.</summary>
    /// <param name="what">What they are, for the error that they are not.</param>
    /// <param name="maximum">How many there may be.</param>
    public long[] WholeNumbers(string what, int maximum)
    {
        Span<long> numbers = stackalloc long[maximum];
        int count = 0;
        if (!Read() || Type != JsonTokenType.StartArray)
        {
            throw Malformed($"{what}: a list of whole numbers was expected");
        }

        while (Read() && Type != JsonTokenType.EndArray)
        {
            if (Type != JsonTokenType.Number || !_json.TryGetInt64(out long number) || number < 0)
            {
                throw Malformed($"{what}: a whole number from 0 to 2^63-1 was expected");
            }

            if (count == maximum)
            {
                throw Malformed($"{what}: more than {maximum} numbers stand there");
            }

            numbers[count++] = number;
        }

        return numbers[..count].ToArray();
    }

    /// <summary>Passes over the value that comes next, whatever it is.</summary>
    public void Skip()
    {
        Read();
        try
        {
            _json.Skip();
        }
        catch (JsonException exception)
        {
            throw NotJson(exception);
        }
    }

    private readonly InvalidDataException NotJson(Exception exception) => FileErrors.Malformed(
        _format, _start + _json.BytesConsumed, $"it is not JSON in UTF-8 ({exception.Message.TrimEnd('.')})");
}
