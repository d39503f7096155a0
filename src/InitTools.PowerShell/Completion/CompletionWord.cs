using System.Management.Automation;

namespace InitTools.PowerShell.Completion;

/// <summary>Completes a word from a set of names.</summary>
internal static class CompletionWord
{
    /// <summary>
    /// The names that begin as the word does, or match it as a pattern; in quotes where they need them.
    /// </summary>
    public static IEnumerable<CompletionResult> Complete(
        string? word,
        IEnumerable<(string Name, string Tooltip)> names)
    {
        string start = (word ?? "").Trim('\'', '"');
        var pattern = new WildcardPattern(start + "*", WildcardOptions.IgnoreCase);
        foreach ((string name, string tooltip) in names)
        {
            if (pattern.IsMatch(name))
            {
                yield return new CompletionResult(Quote(name), name, CompletionResultType.ParameterValue, tooltip);
            }
        }
    }

    private static string Quote(string name) =>
        name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.')
            ? name
            : $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";
}
