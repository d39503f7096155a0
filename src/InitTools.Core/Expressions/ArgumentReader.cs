namespace InitTools;

/// <summary>
/// Hands the arguments of one call to whoever knows their meaning. The order in which parameters are read is the order
/// of the positional arguments. A parameter that was not given has its default; one that nobody read is an error.
/// </summary>
public sealed class ArgumentReader
{
    // What frameworks have among the arguments of an initializer, and a call here beside it.
    private static readonly Dictionary<string, string> s_beside = new(StringComparer.OrdinalIgnoreCase)
    {
        ["seed"] = "Seed",
        ["key"] = "Seed",
        ["generator"] = "Generator",
        ["dtype"] = "DType",
        ["input_axes"] = "InputAxis",
        ["in_axis"] = "InputAxis",
        ["output_axes"] = "OutputAxis",
        ["out_axis"] = "OutputAxis",
        ["batch_axis"] = "BatchAxis",
    };

    private readonly CallNode _call;
    private readonly HashSet<ArgumentNode> _read = new(ReferenceEqualityComparer.Instance);
    private readonly List<ParameterDescription> _parameters = [];

    /// <summary>Starts reading.</summary>
    public ArgumentReader(CallNode call)
    {
        ArgumentNullException.ThrowIfNull(call);
        _call = call;
    }

    /// <summary>
    /// The parameters that have been asked for, in order: what the initializer or activation accepts.
    /// </summary>
    public IReadOnlyList<ParameterDescription> Parameters => _parameters;

    /// <summary>A finite number.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="defaultValue">Its value where it is not given.</param>
    /// <param name="aliases">Its names in other frameworks.</param>
    public double Number(string name, double defaultValue, params string[] aliases) =>
        Number(name, ExpressionNode.Format(defaultValue), aliases) ?? defaultValue;

    /// <summary>A finite number, or null where it is not given.</summary>
    public double? OptionalNumber(string name, string defaultText, params string[] aliases) =>
        Number(name, defaultText, aliases);

    /// <summary>A finite number of 0 or more.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidArgument"/>: the number is below 0.</exception>
    public double NonNegative(string name, double defaultValue, params string[] aliases)
    {
        double value = Number(name, defaultValue, aliases);
        return value >= 0
            ? value
            : throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{_call.Name}: {name} is {ExpressionNode.Format(value)}; a number of 0 or more is accepted.",
                value);
    }

    /// <summary>A finite number above 0.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: the number is not above 0.
    /// </exception>
    public double Positive(string name, double defaultValue, params string[] aliases)
    {
        double value = Number(name, defaultValue, aliases);
        return value > 0
            ? value
            : throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{_call.Name}: {name} is {ExpressionNode.Format(value)}; a number above 0 is accepted.",
                value);
    }

    /// <summary>A whole number of 1 or more.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: the number is not whole, or below 1.
    /// </exception>
    public int Count(string name, int defaultValue, params string[] aliases)
    {
        double value = Number(name, defaultValue, aliases);
        return value >= 1 && value <= int.MaxValue && value == Math.Floor(value)
            ? (int)value
            : throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{_call.Name}: {name} is {ExpressionNode.Format(value)}; a whole number of 1 or more is accepted.",
                value);
    }

    /// <summary>
    /// A name with arguments, such as an activation or an initializer, or null where it is not given.
    /// </summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidArgument"/>: the value is no name.</exception>
    public CallNode? Call(string name, string defaultText, params string[] aliases)
    {
        ExpressionNode? value = Take(name, defaultText, aliases);
        return value switch
        {
            null => null,
            CallNode call => call,
            _ => throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{_call.Name}: {name} is '{value}'; a name, with or without arguments, is accepted.",
                value.ToString()),
        };
    }

    /// <summary>A word, such as a fan mode, or null where it is not given.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidArgument"/>: the value is no word.</exception>
    public string? Word(string name, string defaultText, params string[] aliases)
    {
        ExpressionNode? value = Take(name, defaultText, aliases);
        return value switch
        {
            null => null,
            CallNode { Arguments.Count: 0 } word => word.Name,
            _ => throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{_call.Name}: {name} is '{value}'; a word is accepted.",
                value.ToString()),
        };
    }

    /// <summary>A text, such as a path, in quotes where it is no word; or null where it is not given.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidArgument"/>: the value is no text.</exception>
    public string? Text(string name, string defaultText, params string[] aliases)
    {
        ExpressionNode? value = Take(name, defaultText, aliases);
        return value switch
        {
            null => null,
            CallNode { Arguments.Count: 0, Text: { Length: > 0 } text } => text,
            NumberNode number => number.Text,
            _ => throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{_call.Name}: {name} is {value}; a text is accepted, in quotes where it has other characters than "
                + "letters, digits, _ and dots.",
                value.ToString()),
        };
    }

    /// <summary>Any value, as written, or null where it is not given.</summary>
    public ExpressionNode? Value(string name, string defaultText, params string[] aliases) =>
        Take(name, defaultText, aliases);

    /// <summary>Fails where an argument was given that no parameter took.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnknownArgument"/>: an argument that no parameter took.
    /// </exception>
    public void Finish()
    {
        ArgumentNode? unread = _call.Arguments.FirstOrDefault(a => !_read.Contains(a));
        if (unread is null)
        {
            return;
        }

        string accepted = _parameters.Count == 0
            ? "it takes none"
            : $"accepted are {string.Join(", ", _parameters.Select(p => p.Name))}";
        string what = unread.Key switch
        {
            null => $"too many arguments, '{unread}' is one more than",
            string key when s_beside.TryGetValue(key, out string? parameter) =>
                $"{key} is not a part of the expression (it is a parameter of its own, {parameter}), nor of",
            _ => $"'{unread.Key}' is not one of",
        };
        throw new InitToolsException(
            ErrorId.UnknownArgument,
            $"{_call.Name}: {what} its arguments; {accepted}.",
            unread.ToString());
    }

    private double? Number(string name, string defaultText, string[] aliases)
    {
        ExpressionNode? value = Take(name, defaultText, aliases);
        return value switch
        {
            null => null,

            // Behind the comma of 0,05, where a culture has decimal commas.
            NumberNode { Text: ['0', >= '0' and <= '9', ..] text } => throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{_call.Name}: {name} is {text}; {NumberNode.DecimalPointAdvice}, and does not begin with 0 "
                + "otherwise.",
                text),
            NumberNode { Value: double number } when double.IsFinite(number) => number,
            NumberNode => throw new InitToolsException(
                ErrorId.NonFiniteValue,
                $"{_call.Name}: {name} is {value}; a finite number is accepted.",
                value.ToString()),
            _ => throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{_call.Name}: {name} is '{value}'; a number is accepted.",
                value.ToString()),
        };
    }

    private ExpressionNode? Take(string name, string defaultText, string[] aliases)
    {
        int position = _parameters.Count;
        _parameters.Add(new ParameterDescription(name, defaultText, aliases));
        List<ArgumentNode> matches = [.. _call.Arguments.Where((argument, index) => argument.Key is null
            ? index == position
            : argument.Key.Equals(name, StringComparison.OrdinalIgnoreCase)
                || aliases.Contains(argument.Key, StringComparer.OrdinalIgnoreCase))];
        if (matches.Count > 1)
        {
            throw new InitToolsException(
                ErrorId.UnknownArgument,
                $"{_call.Name}: {name} is given more than once ('{matches[0]}' and '{matches[1]}').",
                matches[1].ToString());
        }

        _read.UnionWith(matches);
        return matches.Count == 0 ? null : matches[0].Value;
    }
}

/// <summary>One parameter of an initializer or an activation.</summary>
/// <param name="Name">Its canonical name.</param>
/// <param name="Default">The text of its default.</param>
/// <param name="Aliases">Its names in other frameworks.</param>
public sealed record ParameterDescription(string Name, string Default, IReadOnlyList<string> Aliases);
