namespace InitTools;

/// <summary>The closest of a set of names, for messages about a name that is not known.</summary>
public static class NearestName
{
    /// <summary>
    /// The candidate a beginning of which has the smallest Levenshtein distance to <paramref name="name"/>, as names
    /// are typed from their beginning; of several, the one that is nearest as a whole, then the first. Case,
    /// underscores and hyphens do not count. Null where there is no candidate.
    /// </summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        string wanted = Fold(name);
        return candidates.MinBy(candidate =>
        {
            int[] distances = DistancesToBeginnings(wanted, Fold(candidate));
            return (distances.Min(), distances[^1]);
        });
    }

    /// <summary>What is left of a name where case, underscores and hyphens do not count.</summary>
    internal static string Fold(string name) => name
        .Replace("_", "", StringComparison.Ordinal)
        .Replace("-", "", StringComparison.Ordinal)
        .ToUpperInvariant();

    /// <summary>The distance from a text to the first 0, 1, 2, ... letters of another, the whole of it last.</summary>
    private static int[] DistancesToBeginnings(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int substitution = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row;
    }
}
