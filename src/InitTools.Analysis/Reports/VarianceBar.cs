using InitTools.Kernels;

namespace InitTools.Analysis;

/// <summary>
/// A variance as a bar of text on one scale for all: 1 in the middle, two thirds of a power of ten a column to either
/// side, so that a table of layers shows how variance goes with depth.
/// </summary>
public static class VarianceBar
{
    /// <summary>Columns of a bar.</summary>
    public const int Width = 2 * Side + 1;

    private const int Side = 9;
    private const int HalvesPerDecade = 3;

    private static readonly double s_ln10 = DeterministicMath.Log(10.0);

    /// <summary>
    /// The bar: to the left for variances below 1, to the right for those above; an arrow at its end where the variance
    /// is beyond the scale of 10^-6 to 10^6. No bar for a variance that is no number.
    /// </summary>
    /// <param name="variance">A variance.</param>
    public static string Of(double variance)
    {
        if (double.IsNaN(variance))
        {
            return "";
        }

        // Halves of a column.
        double length = Math.Round(HalvesPerDecade * DeterministicMath.Log(variance) / s_ln10);
        bool isBeyond = Math.Abs(length) > 2 * Side;
        int halves = (int)Math.Min(Math.Abs(length), 2 * Side);
        string blocks = new('\u2588', halves / 2);
        if (length < 0)
        {
            string left = (halves % 2 == 1 ? "\u2590" : "") + blocks;
            return (isBeyond ? "\u25C2" + left[1..] : left).PadLeft(Side) + "\u2502";
        }

        string right = blocks + (halves % 2 == 1 ? "\u258C" : "");
        return new string(' ', Side) + "\u2502" + (isBeyond ? right[1..] + "\u25B8" : right);
    }
}
