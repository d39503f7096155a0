namespace InitTools.Analysis;

/// <summary>The share of some work that is done: threads at work report it, and another reads it to show it.</summary>
public sealed class WorkShare : IProgress<double>
{
    private double _value;

    /// <summary>From 0 to 1; it never falls.</summary>
    public double Value => Math.Clamp(Volatile.Read(ref _value), 0, 1);

    /// <summary>Several threads report; who comes late does not take back what was shown.</summary>
    /// <param name="value">The share done.</param>
    public void Report(double value)
    {
        double seen = Volatile.Read(ref _value);
        while (value > seen)
        {
            double before = Interlocked.CompareExchange(ref _value, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}
