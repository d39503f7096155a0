namespace InitTools.Formats;

/// <summary>The order of names with numbers in them, such as those of layers.</summary>
internal static class NumberedNames
{
    /// <summary>Names by their letters, and runs of digits in them by the numbers that they are.</summary>
    public static IComparer<string> Order { get; } = Comparer<string>.Create(Compare);

    /// <summary>Whether names stand in the order of their characters, which says nothing of networks.</summary>
    public static bool AreAlphabetical(IEnumerable<string> names)
    {
        string? before = null;
        foreach (string name in names)
        {
            if (string.CompareOrdinal(before, name) > 0)
            {
                return false;
            }

            before = name;
        }

        return true;
    }

    private static int Compare(string left, string right)
    {
        (int i, int j) = (0, 0);
        while (i < left.Length && j < right.Length)
        {
            int order;
            if (char.IsAsciiDigit(left[i]) && char.IsAsciiDigit(right[j]))
            {
                ReadOnlySpan<char> first = Digits(left, ref i);
                ReadOnlySpan<char> second = Digits(right, ref j);
                order = first.Length != second.Length
                    ? first.Length - second.Length
                    : first.CompareTo(second, StringComparison.Ordinal);
            }
            else
            {
                order = left[i++].CompareTo(right[j++]);
            }

            if (order != 0)
            {
                return order;
            }
        }

        int rest = (left.Length - i).CompareTo(right.Length - j);
        return rest != 0 ? rest : string.CompareOrdinal(left, right);
    }

    /// <summary>The digits from a place on, without leading zeros; the place moves behind them.</summary>
    private static ReadOnlySpan<char> Digits(string text, ref int position)
    {
        int start = position;
        while (position < text.Length && char.IsAsciiDigit(text[position]))
        {
            position++;
        }

        return text.AsSpan(start, position - start).TrimStart('0');
    }
}
