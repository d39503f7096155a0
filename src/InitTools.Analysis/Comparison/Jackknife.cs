namespace InitTools.Analysis;

/// <summary>Standard errors of statistics that are no plain means (Quenouille 1956, Tukey 1958).</summary>
internal static class Jackknife
{
    /// <summary>
    /// sqrt((n - 1)/n sum_i (t_i - mean t)^2), where t_i is the statistic without run i; of a mean it is the usual
    /// standard error. Null for a single run, and where the statistic is not finite without some run.
    /// </summary>
    /// <param name="runCount">n.</param>
    /// <param name="statistic">The statistic over the runs whose places it is given.</param>
    public static double? StandardError(int runCount, Func<IReadOnlyList<int>, double> statistic)
    {
        if (runCount < 2)
        {
            return null;
        }

        int[] all = [.. Enumerable.Range(0, runCount)];
        double[] without = [.. all.Select(left => statistic([.. all.Where(run => run != left)]))];
        double mean = without.Sum() / runCount;
        double squares = without.Sum(value => (value - mean) * (value - mean));
        double error = Math.Sqrt(squares * (runCount - 1) / runCount);
        return double.IsFinite(error) ? error : null;
    }
}
