namespace InitTools.Formats;

/// <summary>How many elements an array of given dimensions has.</summary>
internal static class ElementCount
{
    /// <summary>The product of the dimensions, 1 if there are none, or null if it has no 63 bits.</summary>
    /// <param name="dimensions">The dimensions, each 0 or more.</param>
    public static long? Of(IReadOnlyList<long> dimensions)
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
