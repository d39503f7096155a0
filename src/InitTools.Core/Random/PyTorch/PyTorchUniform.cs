using InitTools.Kernels;

namespace InitTools;

/// <summary>
/// <c>uniform_</c>: element i from word i (float32) or from words 2 i, the high one, and 2 i + 1 (float64), of which
/// the low 24 or 53 bits are the fraction u; u (b - a) + a with one rounding. The bounds are first rounded to the
/// element type.
/// </summary>
internal sealed class PyTorchUniform(PyTorchDraws draws, double minimum, double maximum) : SequentialElements
{
    // What does not fit into the caches anyway is written past them.
    private const int LargeLength = 1 << 20;

    private const ulong Mask = (1UL << 53) - 1;
    private const double DoubleUnit = 1.0 / (1L << 53);

    /// <summary>Uniform numbers in [0, 1), each from two words.</summary>
    public static void FillFractions(MersenneTwister twister, Span<double> destination)
    {
        while (!destination.IsEmpty)
        {
            int length = Math.Min(destination.Length, MersenneTwister.MaximumTake / 2);
            ReadOnlySpan<uint> words = twister.Take(2 * length);
            for (int i = 0; i < length; i++)
            {
                uint high = MersenneTwister.Temper(words[2 * i]);
                uint low = MersenneTwister.Temper(words[(2 * i) + 1]);
                destination[i] = ((((ulong)high << 32) | low) & Mask) * DoubleUnit;
            }

            destination = destination[length..];
        }
    }

    protected override void Read(Span<float> destination, long start, CancellationToken cancellation)
    {
        MersenneTwister twister = draws.SeekNumber(start, cancellation);
        bool isLarge = destination.Length >= LargeLength;
        while (!destination.IsEmpty)
        {
            int length = Math.Min(destination.Length, MersenneTwister.MaximumTake);
            UniformWork work = new(
                twister.Take(length), destination[..length], (float)minimum, (float)maximum, isLarge);
            LaneDispatch.Run<UniformWork, float>(ref work);
            destination = destination[length..];
        }

        draws.Leave();
    }

    protected override void Read(Span<double> destination, long start, CancellationToken cancellation)
    {
        MersenneTwister twister = draws.SeekNumber(start, cancellation);
        FillFractions(twister, destination);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = Math.FusedMultiplyAdd(destination[i], maximum - minimum, minimum);
        }

        draws.Leave();
    }

    protected override DrawPosition End(CancellationToken cancellation) => draws.After(draws.Count);
}
