namespace InitTools;

/// <summary>Lists of initializer expressions, in which a name with wildcards stands for all that it matches.</summary>
public static class InitializerList
{
    /// <summary>
    /// Reads expressions: each text is one or several with commas between them, and a name such as <c>He*</c>, without
    /// arguments, stands for every initializer one of whose names matches it as a <see cref="NamePattern"/>.
    /// </summary>
    /// <param name="texts">The expressions.</param>
    /// <param name="convention">As in <see cref="Initializer.Parse"/>.</param>
    /// <param name="files">As in <see cref="Initializer.Parse"/>.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnknownInitializer"/>: a pattern matches no name; and all that <see cref="NamePattern"/> and
    /// <see cref="Initializer.Parse"/> throw.
    /// </exception>
    public static IReadOnlyList<Initializer> Parse(
        IEnumerable<string> texts, Convention? convention = null, ITensorFileSource? files = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return
        [
            .. texts.SelectMany(ExpressionParser.SplitList)
                .SelectMany(text => IsPattern(text) ? Match(text) : [text])
                .Select(text => Initializer.Parse(text, convention, files)),
        ];
    }

    // An argument may have such characters too, as a path has.
    private static bool IsPattern(string text) =>
        NamePattern.HasWildcards(text) && !text.Contains('(', StringComparison.Ordinal);

    // The name that matched is kept, as a trailing underscore says how it is read.
    private static string[] Match(string text)
    {
        var pattern = new NamePattern(text);
        string[] names =
        [
            .. InitializerCatalogue.All
                .Select(definition => definition.Aliases.Prepend(definition.Name)
                    .FirstOrDefault(pattern.Matches))
                .OfType<string>(),
        ];
        return names.Length > 0
            ? names
            : throw new InitToolsException(
                ErrorId.UnknownInitializer,
                $"'{text}' matches no initializer. Accepted are "
                + $"{string.Join(", ", InitializerCatalogue.All.Select(definition => definition.Name))}, the "
                + "frameworks' names for them, and patterns such as 'He*'.",
                text);
    }
}
