using System.Text;
using System.Text.RegularExpressions;

namespace InitTools;

/// <summary>
/// A name with wildcards, as PowerShell's -like reads it: <c>*</c> stands for any text, <c>?</c> for one character,
/// <c>[a-c]</c> for one of a set; case does not count.
/// </summary>
public sealed class NamePattern
{
    private readonly Regex _regex;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.MalformedExpression"/>: a set is empty or is not closed.
    /// </exception>
    public NamePattern(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        Text = pattern;

        // This engine takes time in proportion to the text, whatever the pattern.
        _regex = new Regex(
            ToRegex(pattern),
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
                | RegexOptions.Singleline);
    }

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>True where a text has a wildcard, and is more than a name.</summary>
    public static bool HasWildcards(string text) => text.AsSpan().ContainsAny('*', '?', '[');

    /// <summary>True where the name is one that the pattern stands for.</summary>
    public bool Matches(string name) => _regex.IsMatch(name);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static string ToRegex(string pattern)
    {
        StringBuilder regex = new(@"\A");
        for (int i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*':
                    regex.Append(".*");
                    break;
                case '?':
                    regex.Append('.');
                    break;
                case '[':
                    int end = pattern.IndexOf(']', i + 1);
                    AppendSet(regex, end < 0 ? "" : pattern[(i + 1)..end], pattern);
                    i = end;
                    break;
                default:
                    regex.Append(Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }

        return regex.Append(@"\z").ToString();
    }

    private static void AppendSet(StringBuilder regex, string set, string pattern)
    {
        bool isOrdered = true;
        for (int i = 1; i + 1 < set.Length; i++)
        {
            isOrdered &= set[i] != '-' || set[i - 1] <= set[i + 1];
        }

        if (set.Length == 0 || !isOrdered)
        {
            throw new InitToolsException(
                ErrorId.MalformedExpression,
                $"The pattern '{pattern}' has a set that is empty, not closed or out of order; accepted are * for any "
                + "text, ? for one character, and sets such as [abc] or [0-5].",
                pattern);
        }

        regex.Append('[');
        foreach (char character in set)
        {
            regex.Append(character is '-' ? "-" : character is '\\' or '^' or '[' ? $@"\{character}" : $"{character}");
        }

        regex.Append(']');
    }
}
