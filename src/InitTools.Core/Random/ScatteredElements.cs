namespace InitTools;

/// <summary>Elements that are zero but at some places, such as those of an identity matrix.</summary>
/// <param name="count">How many places there are.</param>
/// <param name="positionOf">The element at which a place lies; it increases with the place.</param>
/// <param name="values">The values, in the order of the places.</param>
internal sealed class ScatteredElements(long count, Func<long, long> positionOf, IElementSource values)
    : DerivedElements
{
    private const int ChunkLength = 1 << 16;

    protected override void Fill<T>(Memory<T> destination, long offset, SourceFill<T> fill, ParallelOptions options)
    {
        destination.Span.Clear();
        long place = FirstPlaceFrom(offset);
        long end = FirstPlaceFrom(offset + destination.Length);
        T[] chunk = new T[Math.Min(ChunkLength, end - place)];
        while (place < end)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            Memory<T> part = chunk.AsMemory(0, (int)Math.Min(chunk.Length, end - place));
            fill(values, part, place);
            for (int i = 0; i < part.Length; i++)
            {
                destination.Span[(int)(positionOf(place + i) - offset)] = part.Span[i];
            }

            place += part.Length;
        }
    }

    private long FirstPlaceFrom(long position)
    {
        long low = 0;
        long high = count;
        while (low < high)
        {
            long middle = low + (high - low) / 2;
            if (positionOf(middle) < position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
