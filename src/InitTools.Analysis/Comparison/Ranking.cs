namespace InitTools.Analysis;

/// <summary>Places of candidates whose criterion is known up to an error.</summary>
public static class Ranking
{
    /// <summary>
    /// The places, from 1. In the order of their deviations, each candidate shares the place of the best one of the
    /// group before it unless it is worse than that one by more than the tolerance; otherwise its place is one more
    /// than the number of candidates before it. A group is held together by its best member, so that a long row of
    /// small differences does not end in one place for all.
    /// </summary>
    /// <param name="deviations">The criterion of each candidate; never NaN.</param>
    /// <param name="tolerance">
    /// How much worse the second of two candidates may be than the first and still share its place; 0 or more.
    /// </param>
    public static IReadOnlyList<int> Of(IReadOnlyList<double> deviations, Func<int, int, double> tolerance)
    {
        ArgumentNullException.ThrowIfNull(deviations);
        ArgumentNullException.ThrowIfNull(tolerance);
        int[] order = [.. Enumerable.Range(0, deviations.Count).OrderBy(candidate => deviations[candidate])];
        int[] places = new int[order.Length];
        int best = 0;
        for (int i = 0; i < order.Length; i++)
        {
            int leader = order[best];
            bool isEqual = deviations[order[i]] == deviations[leader]
                || deviations[order[i]] - deviations[leader] <= tolerance(leader, order[i]);
            best = isEqual ? best : i;
            places[order[i]] = best + 1;
        }

        return places;
    }
}
