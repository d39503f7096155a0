namespace InitTools.Formats;

/// <summary>Text of a file as a message shows it: whatever the file says, short and without control characters.</summary>
internal static class QuotedText
{
    private const int LongestText = 80;

    /// <summary>The text in quotes, cut where it is long.</summary>
    public static string Of(string text)
    {
        string shown = text.Length > LongestText ? $"{text.AsSpan(0, LongestText)}..." : text;
        return $"'{string.Concat(shown.Select(c => char.IsControl(c) ? '\uFFFD' : c))}'";
    }
}
