namespace InitTools.Formats;

/// <summary>
/// Cuts a list of sizes into runs, so that the largest run is as small as it can be. It depends on the sizes alone, so
/// that whoever cuts the same list has the same runs.
/// </summary>
internal static class Partition
{
    /// <summary>The runs, in their order; each has one size or more.</summary>
    /// <param name="sizes">The sizes, none below 0.</param>
    /// <param name="count">The number of runs, at most that of the sizes.</param>
    public static IReadOnlyList<Range> Of(IReadOnlyList<long> sizes, int count)
    {
        long low = sizes.Max();
        long high = sizes.Sum();
        while (low < high)
        {
            long middle = low + (high - low) / 2;
            (low, high) = RunsOf(sizes, middle) <= count ? (low, middle) : (middle + 1, high);
        }

        List<Range> runs = [];
        int start = 0;
        long size = 0;
        for (int i = 0; i < sizes.Count; i++)
        {
            // Where as many sizes as runs are left, each has one of its own.
            bool isFull = size + sizes[i] > low || sizes.Count - i == count - runs.Count - 1;
            if (i > start && isFull)
            {
                runs.Add(start..i);
                (start, size) = (i, 0);
            }

            size += sizes[i];
        }

        runs.Add(start..sizes.Count);
        return runs;
    }

    /// <summary>The runs that a largest size makes, each as long as it can be.</summary>
    private static int RunsOf(IReadOnlyList<long> sizes, long largest)
    {
        int runs = 1;
        long size = 0;
        foreach (long next in sizes)
        {
            if (size + next > largest)
            {
                (runs, size) = (runs + 1, 0);
            }

            size += next;
        }

        return runs;
    }
}
