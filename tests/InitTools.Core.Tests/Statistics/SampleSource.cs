using System.Buffers;

namespace InitTools.Core.Tests.Statistics;

/// <summary>A sequence of numbers that can be entered anywhere; called from several threads.</summary>
/// <param name="destination">Gets elements <paramref name="offset"/>, offset + 1, ...</param>
/// <param name="offset">The first element's index.</param>
internal delegate void SampleSource(Memory<double> destination, long offset);

/// <summary>The sources that are the product's own.</summary>
internal static class SampleSources
{
    /// <summary>The stream of a tensor.</summary>
    public static SampleSource Create(Distribution distribution, StreamKey key, DType dtype)
    {
        // The blocks are what runs in parallel.
        ParallelOptions options = new() { MaxDegreeOfParallelism = 1 };
        return dtype switch
        {
            DType.Float64 => (destination, offset) => distribution.Fill(destination, key, offset, options),
            DType.Float32 => FillSingle,
            _ => throw new ArgumentOutOfRangeException(nameof(dtype)),
        };

        void FillSingle(Memory<double> destination, long offset)
        {
            float[] rented = ArrayPool<float>.Shared.Rent(destination.Length);
            Memory<float> values = rented.AsMemory(0, destination.Length);
            distribution.Fill(values, key, offset, options);
            Span<double> target = destination.Span;
            ReadOnlySpan<float> source = values.Span;
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = source[i];
            }

            ArrayPool<float>.Shared.Return(rented);
        }
    }
}
