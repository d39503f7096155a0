using System.Globalization;

namespace InitTools;

/// <summary>
/// Reads the short texts that name an initializer or an activation with its parameters:
/// <code>
/// expression = name [ "(" [ argument { "," argument } ] ")" ]
/// argument   = [ name "=" ] value            positional ones first
/// value      = number | expression | "(" value { "," value } ")"
/// </code>
/// A name may carry a module path (<c>keras.initializers.HeNormal</c>), of which the last part counts, and a value may
/// stand in single or double quotes, as in Python; that quote itself is written twice within them, and a backslash is
/// a character like others, as in the paths of Windows.
/// </summary>
public sealed class ExpressionParser
{
    private const int MaximumDepth = 16;

    private readonly string _text;
    private int _position;

    private ExpressionParser(string text) => _text = text;

    /// <summary>Reads one expression.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.MalformedExpression"/>: the text does not follow the grammar; the message marks the position.
    /// </exception>
    public static CallNode Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ExpressionParser parser = new(text);
        CallNode call = parser.ReadValue(0) as CallNode ?? throw parser.Malformed("a name is expected", 0);
        parser.SkipBlanks();
        return parser._position == text.Length
            ? call with { Text = call.Name }
            : throw parser.Malformed("nothing is expected after the expression");
    }

    /// <summary>
    /// Splits a list of expressions at the commas outside parentheses and quotes; blanks around each are dropped.
    /// </summary>
    public static IReadOnlyList<string> SplitList(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<string> parts = [];
        int depth = 0;
        int start = 0;
        char quote = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            if (quote != '\0')
            {
                // A quote that is written twice closes and opens again.
                quote = text[i] == quote ? '\0' : quote;
                continue;
            }

            quote = text[i] is '\'' or '"' ? text[i] : '\0';
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (text[i] == ',' && depth == 0)
            {
                parts.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        parts.Add(text[start..].Trim());
        return parts;
    }

    /// <summary>
    /// A text as an expression has it: bare where that reads back as a word, and in single quotes otherwise.
    /// </summary>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.All(IsWordCharacter) && IsName(text) && !TryReadNumber(text, out _)
            ? text
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    private ExpressionNode ReadValue(int depth)
    {
        SkipBlanks();
        if (depth > MaximumDepth)
        {
            throw Malformed($"parentheses are nested more than {MaximumDepth} deep");
        }

        int start = _position;
        if (Peek() == '(')
        {
            _position++;
            List<ExpressionNode> items = [];
            do
            {
                items.Add(ReadValue(depth + 1));
            }
            while (ReadSeparator());
            return new ListNode(items);
        }

        bool isQuoted = Peek() is '\'' or '"';
        string word = isQuoted ? ReadQuoted() : ReadWord();
        if (TryReadNumber(word, out double number))
        {
            return new NumberNode(number) { Text = word };
        }

        if (!isQuoted && !IsName(word))
        {
            string problem = word.Length == 0 ? "a value is expected" : $"'{word}' is neither a name nor a number";
            throw Malformed(problem + PathAdvice(), start);
        }

        SkipBlanks();
        return new CallNode(NameOf(word), Peek() == '(' ? ReadArguments(depth) : []) { Text = word };
    }

    private List<ArgumentNode> ReadArguments(int depth)
    {
        _position++;
        List<ArgumentNode> arguments = [];
        SkipBlanks();
        if (Peek() == ')')
        {
            _position++;
            return arguments;
        }

        do
        {
            SkipBlanks();
            int start = _position;
            ExpressionNode value = ReadValue(depth + 1);
            SkipBlanks();
            string? key = null;
            if (Peek() == '=')
            {
                key = value is CallNode { Arguments.Count: 0 } word
                    ? word.Name
                    : throw Malformed("the name of an argument is expected before =", start);
                _position++;
                value = ReadValue(depth + 1);
            }
            else if (arguments is [.., { Key: not null } before])
            {
                string advice = before.Value is NumberNode && value is NumberNode
                    ? $"; {NumberNode.DecimalPointAdvice}"
                    : "";
                throw Malformed($"a positional argument cannot follow a named one{advice}", start);
            }

            arguments.Add(new ArgumentNode(key, value));
        }
        while (ReadSeparator());
        return arguments;
    }

    /// <summary>True behind a comma, false behind the closing parenthesis.</summary>
    private bool ReadSeparator()
    {
        SkipBlanks();
        char separator = Peek();
        if (separator is not (',' or ')'))
        {
            throw Malformed(
                separator == '\0' ? "a closing parenthesis is missing" : $"a comma or ) is expected{PathAdvice()}");
        }

        _position++;
        return separator == ',';
    }

    private string ReadQuoted()
    {
        string quote = _text[_position..(_position + 1)];
        int start = _position + 1;
        for (int end = _text.IndexOf(quote[0], start); end >= 0; end = _text.IndexOf(quote[0], end + 2))
        {
            if (end + 1 == _text.Length || _text[end + 1] != quote[0])
            {
                _position = end + 1;
                return _text[start..end].Replace(quote + quote, quote, StringComparison.Ordinal);
            }
        }

        throw Malformed("the closing quote is missing");
    }

    private string ReadWord()
    {
        int start = _position;
        while (_position < _text.Length && IsWordCharacter(Peek()))
        {
            _position++;
        }

        return _text[start.._position];
    }

    private static bool IsWordCharacter(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '+' or '-';

    /// <summary>The last part of a module path.</summary>
    private static string NameOf(string word) => word[(word.LastIndexOf('.') + 1)..];

    private static bool IsName(string word) =>
        NameOf(word) is { Length: > 0 } name && !char.IsAsciiDigit(name[0]) && !name.AsSpan().ContainsAny('+', '-');

    private static bool TryReadNumber(string word, out double number)
    {
        string unsigned = word.TrimStart('+', '-');
        if (unsigned.Equals("inf", StringComparison.OrdinalIgnoreCase))
        {
            number = word.StartsWith('-') ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private string PathAdvice() => Peek() is '/' or '\\' or ':' or '~' ? "; a path stands in quotes" : "";

    private char Peek() => _position < _text.Length ? _text[_position] : '\0';

    private void SkipBlanks()
    {
        while (char.IsWhiteSpace(Peek()))
        {
            _position++;
        }
    }

    private InitToolsException Malformed(string problem, int? position = null)
    {
        int at = position ?? _position;
        string marked = at < _text.Length ? $"{_text[..at]}»{_text[at..]}" : $"{_text}»";
        return new InitToolsException(
            ErrorId.MalformedExpression,
            $"The expression '{_text}' is malformed at position {at + 1}: {problem} ({marked}). "
            + "An expression is a name, or a name with arguments, such as RandomNormal(stddev=0.01).",
            _text);
    }
}
