using InitTools.Kernels.Elementary;

namespace InitTools;

/// <summary>
/// <c>normal_</c> of fewer than 16 elements: each pair from two float64 uniforms u and v in float64 whatever the
/// element type, r = sqrt(-2 ln(1 - v)), t = 2 pi u: r cos t, and r sin t for the next element, be it of this tensor or
/// of the next one below 16 elements.
/// </summary>
internal sealed class PyTorchFewNormals(PyTorchDraws draws, double mean, double deviation) : SequentialElements
{
    private const int WordsOfPair = 4;

    // Without a number carried over, the elements take whole pairs.
    private long FirstPairElement => draws.Position.Carried is null ? 0 : 1;

    private long PairCount => (draws.Count - FirstPairElement + 1) / 2;

    protected override void Read(Span<float> destination, long start, CancellationToken cancellation)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (float)Element(start + i, cancellation);
        }
    }

    protected override void Read(Span<double> destination, long start, CancellationToken cancellation)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = Element(start + i, cancellation);
        }
    }

    protected override DrawPosition End(CancellationToken cancellation)
    {
        long end = draws.Position.Offset + (PairCount * WordsOfPair);
        bool isOdd = (draws.Count - FirstPairElement) % 2 != 0;
        return new DrawPosition(end, isOdd ? end - WordsOfPair : null);
    }

    private double Element(long index, CancellationToken cancellation)
    {
        long inPairs = index - FirstPairElement;
        long word = inPairs < 0
            ? draws.Position.Carried!.Value
            : draws.Position.Offset + (inPairs / 2 * WordsOfPair);
        Span<double> uniforms = stackalloc double[2];
        PyTorchUniform.FillFractions(draws.Seek(word, cancellation), uniforms);
        double angle = 2 * Math.PI * uniforms[0];
        double radius = Math.Sqrt(-2 * CorrectlyRounded.Log(1 - uniforms[1]));
        bool isSecond = inPairs < 0 || inPairs % 2 != 0;
        (double sine, double cosine) = CorrectlyRounded.SinCos(angle);
        return Math.FusedMultiplyAdd(radius * (isSecond ? sine : cosine), deviation, mean);
    }
}
