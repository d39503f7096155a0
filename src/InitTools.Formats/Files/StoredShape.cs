namespace InitTools.Formats;

/// <summary>Dimensions as files state them, which may be none, zero, or too many for 63 bits.</summary>
internal static class StoredShape
{
    /// <summary>The number of elements, or null if it has no 63 bits.</summary>
    /// <param name="dimensions">Whole numbers of 0 or more.</param>
    public static long? CountOf(IReadOnlyList<long> dimensions)
    {
        if (dimensions.Contains(0))
        {
            return 0;
        }

        long count = 1;
        foreach (long dimension in dimensions)
        {
            if (count > long.MaxValue / dimension)
            {
                return null;
            }

            count *= dimension;
        }

        return count;
    }
}
