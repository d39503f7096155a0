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
/// stand in quotes, as in Python.
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
            ? call
            : throw parser.Malformed("nothing is expected after the expression");
    }

    /// <summary>
    /// Splits a list of expressions at the commas outside parentheses; blanks around each are dropped.
    /// </summary>
    public static IReadOnlyList<string> SplitList(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<string> parts = [];
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
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
            return new ListNode(items, start);
        }

        string word = ReadWord();
        if (TryReadNumber(word, out double number))
        {
            return new NumberNode(number, start);
        }

        string name = word[(word.LastIndexOf('.') + 1)..];
        if (name.Length == 0 || char.IsAsciiDigit(name[0]) || name.AsSpan().ContainsAny('+', '-'))
        {
            string problem = word.Length == 0 ? "a value is expected" : $"'{word}' is neither a name nor a number";
            throw Malformed(problem, start);
        }

        SkipBlanks();
        return new CallNode(name, Peek() == '(' ? ReadArguments(depth) : [], start);
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
            else if (arguments.Count > 0 && arguments[^1].Key is not null)
            {
                throw Malformed("a positional argument cannot follow a named one", start);
            }

            arguments.Add(new ArgumentNode(key, value, start));
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
            throw Malformed(separator == '\0' ? "a closing parenthesis is missing" : "a comma or ) is expected");
        }

        _position++;
        return separator == ',';
    }

    private string ReadWord()
    {
        char quote = Peek();
        int start = _position;
        if (quote is '\'' or '"')
        {
            int end = _text.IndexOf(quote, start + 1);
            if (end < 0)
            {
                throw Malformed("the closing quote is missing");
            }

            _position = end + 1;
            return _text[(start + 1)..end];
        }

        while (_position < _text.Length && (char.IsAsciiLetterOrDigit(Peek()) || Peek() is '_' or '.' or '+' or '-'))
        {
            _position++;
        }

        return _text[start.._position];
    }

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
