using System.Text;

namespace InitTools.Formats;

/// <summary>
/// Reads the text of a .npy header: a Python dictionary of exactly <c>descr</c>, <c>fortran_order</c> and <c>shape</c>.
/// Only those literals are known, so that nothing in a file can be executed.
/// </summary>
/// <param name="text">The bytes between the length and the numbers.</param>
/// <param name="start">Their offset in the file.</param>
internal ref struct NpyHeaderText(ReadOnlySpan<byte> text, int start)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private readonly int _start = start;
    private int _position;

    /// <summary>The header, or <see cref="InvalidDataException"/>.</summary>
    public NpyHeader Parse()
    {
        string? descr = null;
        bool? fortranOrder = null;
        List<long>? shape = null;
        HashSet<string> seen = [];
        Expect('{');
        while (!TryTake('}'))
        {
            int keyPosition = Here();
            string key = Text();
            Expect(':');
            if (!seen.Add(key))
            {
                throw Malformed(keyPosition, $"the key {QuotedText.Of(key)} stands twice");
            }

            switch (key)
            {
                case "descr":
                    descr = Descr();
                    break;
                case "fortran_order":
                    fortranOrder = Boolean();
                    break;
                case "shape":
                    shape = Shape();
                    break;
                default:
                    throw Malformed(
                        keyPosition, $"the key {QuotedText.Of(key)} is not one of descr, fortran_order, shape");
            }

            if (!TryTake(','))
            {
                Expect('}');
                break;
            }
        }

        SkipBlanks();
        if (_position != _text.Length)
        {
            throw Malformed(_position, "there is text after the closing brace");
        }

        return new NpyHeader(
            descr ?? throw Malformed(_position, "the key 'descr' is missing"),
            fortranOrder ?? throw Malformed(_position, "the key 'fortran_order' is missing"),
            shape ?? throw Malformed(_position, "the key 'shape' is missing"));
    }

    private string Descr()
    {
        int position = Here();
        if (position < _text.Length && _text[position] == (byte)'[')
        {
            throw Malformed(position, "a structured element type (a list of fields) is not read; save one plain array");
        }

        return Text();
    }

    private bool Boolean()
    {
        int position = Here();
        if (TryTakeWord("True"u8))
        {
            return true;
        }

        return TryTakeWord("False"u8) ? false : throw Malformed(position, "True or False was expected");
    }

    private List<long> Shape()
    {
        List<long> dimensions = [];
        Expect('(');
        while (!TryTake(')'))
        {
            if (dimensions.Count == TensorLimits.Rank)
            {
                throw Malformed(_position, $"more than {TensorLimits.Rank} dimensions are not read");
            }

            dimensions.Add(Dimension());
            if (!TryTake(','))
            {
                Expect(')');
                break;
            }
        }

        return dimensions;
    }

    private long Dimension()
    {
        int position = Here();
        long value = 0;
        while (_position < _text.Length && char.IsAsciiDigit((char)_text[_position]))
        {
            int digit = _text[_position] - '0';
            if (value > (long.MaxValue - digit) / 10)
            {
                throw Malformed(position, "a dimension has more than 63 bits");
            }

            value = value * 10 + digit;
            _position++;
        }

        if (_position == position)
        {
            throw Malformed(position, "a dimension, a whole number of 0 or more, was expected");
        }

        // Python 2 wrote long integers with an L.
        TryTakeWord("L"u8);
        return value;
    }

    private string Text()
    {
        int position = Here();
        if (position == _text.Length || _text[position] is not ((byte)'\'' or (byte)'"'))
        {
            throw Malformed(position, "a quoted text was expected");
        }

        ReadOnlySpan<byte> rest = _text[(position + 1)..];
        int length = rest.IndexOf(_text[position]);
        if (length < 0 || rest[..length].Contains((byte)'\\'))
        {
            throw Malformed(position, "a quoted text without escapes was expected");
        }

        _position = position + length + 2;
        return Encoding.Latin1.GetString(rest[..length]);
    }

    private void Expect(char wanted)
    {
        int position = Here();
        if (!TryTake(wanted))
        {
            throw Malformed(position, $"'{wanted}' was expected");
        }
    }

    private bool TryTake(char wanted)
    {
        SkipBlanks();
        if (_position == _text.Length || _text[_position] != wanted)
        {
            return false;
        }

        _position++;
        return true;
    }

    private bool TryTakeWord(ReadOnlySpan<byte> word)
    {
        if (!_text[_position..].StartsWith(word))
        {
            return false;
        }

        _position += word.Length;
        return true;
    }

    private int Here()
    {
        SkipBlanks();
        return _position;
    }

    private void SkipBlanks()
    {
        while (_position < _text.Length && _text[_position] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _position++;
        }
    }

    private readonly InvalidDataException Malformed(int position, string problem) =>
        NpyHeader.Malformed(_start + position, problem);
}
