namespace InitTools.Formats;

/// <summary>
/// Text of a file as a message shows it: whatever the file says, short and without control characters.
/// </summary>
internal static class QuotedText
{
    private const int LongestText = 80;

    /// <summary>The text in quotes, cut where it is long.</summary>
    public static string Of(string text)
    {
        string shown = Shorten(text, LongestText);
        return shown.Any(char.IsControl)
            ? $"'{string.Concat(shown.Select(c => char.IsControl(c) ? '\uFFFD' : c))}'"
            : $"'{shown}'";
    }

    /// <summary>The beginning of a text, as much as is told of it.</summary>
    public static string Shorten(string text, int length) =>
        text.Length > length ? $"{text.AsSpan(0, length)}..." : text;
}
