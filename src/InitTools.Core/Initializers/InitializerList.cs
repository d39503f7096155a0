using System.IO.Enumeration;

namespace InitTools;

/// <summary>Lists of initializer expressions, in which a name with wildcards stands for all that it matches.</summary>
public static class InitializerList
{
    /// <summary>
    /// Reads expressions: each text is one or several with commas between them, and <c>He*</c> stands for every
    /// initializer, without arguments, one of whose names matches; * is any text, ? any character.
    /// </summary>
    /// <param name="texts">The expressions.</param>
    /// <param name="convention">As in <see cref="Initializer.Parse"/>.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnknownInitializer"/>: a pattern matches no name; and all that
    /// <see cref="Initializer.Parse"/> throws.
    /// </exception>
    public static IReadOnlyList<Initializer> Parse(IEnumerable<string> texts, Convention? convention = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return
        [
            .. texts.SelectMany(ExpressionParser.SplitList)
                .SelectMany(text => text.AsSpan().ContainsAny('*', '?') ? Match(text) : [text])
                .Select(text => Initializer.Parse(text, convention)),
        ];
    }

    // The name that matched is kept, as a trailing underscore says how it is read.
    private static string[] Match(string pattern)
    {
        string[] names =
        [
            .. InitializerCatalogue.All
                .Select(definition => definition.Aliases.Prepend(definition.Name)
                    .FirstOrDefault(name => FileSystemName.MatchesSimpleExpression(pattern, name)))
                .OfType<string>(),
        ];
        return names.Length > 0
            ? names
            : throw new InitToolsException(
                ErrorId.UnknownInitializer,
                $"'{pattern}' matches no initializer. Accepted are "
                + $"{string.Join(", ", InitializerCatalogue.All.Select(definition => definition.Name))}, the "
                + "frameworks' names for them, and patterns such as 'He*'.",
                pattern);
    }
}
