using System.Runtime.CompilerServices;

namespace InitTools;

/// <summary>
/// <c>Generator.uniform(a, b)</c> and <c>random</c>: a + (b - a) u, each step rounded. In float32, which NumPy's
/// uniform does not have, the same on <c>random(dtype=float32)</c> in float32.
/// </summary>
internal sealed class NumPyUniform(
    ulong seed, DrawPosition position, bool isDouble, long count, double minimum, double maximum)
    : NumPyElements(seed, position, isDouble, count)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Draw(NumPyDraws draws, Span<double> destination)
    {
        double range = maximum - minimum;
        while (!destination.IsEmpty)
        {
            ReadOnlySpan<ulong> words = draws.Words;
            int length = Math.Min(words.Length, destination.Length);
            for (int i = 0; i < length; i++)
            {
                destination[i] = minimum + (range * NumPyDraws.Fraction(words[i]));
            }

            draws.Skip(length);
            destination = destination[length..];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Draw(NumPyDraws draws, Span<float> destination)
    {
        float start = (float)minimum;
        float range = (float)maximum - start;
        while (!destination.IsEmpty)
        {
            if (draws.IsCarrying || destination.Length == 1)
            {
                destination[0] = start + (range * draws.NextSingle());
                destination = destination[1..];
                continue;
            }

            ReadOnlySpan<ulong> words = draws.Words;
            int pairs = Math.Min(words.Length, destination.Length / 2);
            for (int i = 0; i < pairs; i++)
            {
                destination[2 * i] = start + (range * NumPyDraws.Fraction((uint)words[i]));
                destination[(2 * i) + 1] = start + (range * NumPyDraws.Fraction((uint)(words[i] >> 32)));
            }

            draws.Skip(pairs);
            destination = destination[(2 * pairs)..];
        }
    }
}
