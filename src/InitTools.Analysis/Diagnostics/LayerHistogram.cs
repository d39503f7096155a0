using System.Numerics;

namespace InitTools.Analysis;

/// <summary>
/// How many of a set's finite values lie in <see cref="BinCount"/> bins of equal width from the smallest to the
/// largest; one bin where all are equal.
/// </summary>
/// <param name="Smallest">The smallest finite value.</param>
/// <param name="Largest">The largest finite value.</param>
/// <param name="Counts">How many lie in each bin.</param>
internal sealed record LayerHistogram(double Smallest, double Largest, IReadOnlyList<long> Counts)
{
    /// <summary>Bins of a histogram: enough to see a law's shape, few enough to draw fifty layers.</summary>
    public const int BinCount = 25;

    /// <summary>Counts values, or gives null where none is finite.</summary>
    /// <param name="values">The values.</param>
    /// <param name="smallest">Their smallest finite one.</param>
    /// <param name="largest">Their largest finite one.</param>
    public static LayerHistogram? Of<T>(ReadOnlySpan<T> values, double smallest, double largest)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // By halves, since the distance of the two largest numbers is no number.
        double halfRange = largest / 2 - smallest / 2;
        long[] counts = new long[halfRange > 0 ? BinCount : 1];
        foreach (T value in values)
        {
            if (T.IsFinite(value))
            {
                double share = halfRange > 0 ? (double.CreateTruncating(value) / 2 - smallest / 2) / halfRange : 0;
                counts[Math.Min((int)(share * counts.Length), counts.Length - 1)]++;
            }
        }

        return counts.Any(count => count > 0) ? new LayerHistogram(smallest, largest, counts) : null;
    }
}

/// <summary>The histograms of one layer.</summary>
/// <param name="Layer">Its place, from 1.</param>
/// <param name="Name">Its name.</param>
/// <param name="Weights">Of its weight; null where none is finite.</param>
/// <param name="Activations">Of phi(z) over batch and units; null where none is finite.</param>
internal sealed record LayerHistograms(int Layer, string Name, LayerHistogram? Weights, LayerHistogram? Activations);
