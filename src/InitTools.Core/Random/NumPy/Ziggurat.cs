using InitTools.Kernels;

namespace InitTools;

/// <summary>
/// The 256 strips under the normal density by which NumPy draws normal numbers: x = m edge / 2^bits for a mantissa m of
/// so many bits, accepted at once where m is below the strip's threshold, the share of the strip below the density.
/// </summary>
/// <remarks>
/// Marsaglia and Tsang, The Ziggurat Method for Generating Random Variables, J. Stat. Software 5 (2000); Doornik, An
/// Improved Ziggurat Method to Generate Normal Random Samples (2005).
/// </remarks>
internal static class Ziggurat
{
    /// <summary>The number of strips.</summary>
    public const int StripCount = 256;

    /// <summary>The bits of a mantissa in float64.</summary>
    public const int DoubleBits = 52;

    /// <summary>The bits of a mantissa in float32.</summary>
    public const int SingleBits = 23;

    /// <summary>Where the tail begins.</summary>
    public static double TailStart => ZigguratEdges.Values[StripCount - 1];

    /// <summary>edge / 2^52 of each strip.</summary>
    public static double[] DoubleScales { get; } = Make(strip => Edge(strip) / (1L << DoubleBits));

    /// <summary>Mantissas below are accepted at once.</summary>
    public static ulong[] DoubleThresholds { get; } = Make(strip => (ulong)Threshold(strip, DoubleBits));

    /// <summary>The density exp(-x^2 / 2) at each edge; 1 for the base.</summary>
    public static double[] DoubleHeights { get; } = Make(Height);

    /// <summary>edge / 2^23 of each strip.</summary>
    public static float[] SingleScales { get; } = Make(strip => (float)(Edge(strip) / (1 << SingleBits)));

    /// <summary>Mantissas below are accepted at once.</summary>
    public static uint[] SingleThresholds { get; } = Make(strip => (uint)Threshold(strip, SingleBits));

    /// <summary>The density at each edge in float32.</summary>
    public static float[] SingleHeights { get; } = Make(strip => (float)Height(strip));

    private static double Edge(int strip) => ZigguratEdges.Values[strip];

    private static double Height(int strip) =>
        strip == 0 ? 1 : DeterministicMath.Exp(-0.5 * Edge(strip) * Edge(strip));

    // The strip above ends at the edge before; the topmost strip (1) lies nowhere wholly below the density.
    private static double Threshold(int strip, int bits)
    {
        double share = strip switch
        {
            0 => TailStart / Edge(0),
            1 => 0,
            _ => Edge(strip - 1) / Edge(strip),
        };
        return Math.Round(share * (1L << bits));
    }

    private static T[] Make<T>(Func<int, T> value) => [.. Enumerable.Range(0, StripCount).Select(value)];
}
