namespace InitTools;

/// <summary>Elements each of which is an element of one of several sources.</summary>
/// <param name="placeOf">Which source an element is of, and which of its elements it is.</param>
/// <param name="sources">The sources.</param>
internal sealed class GatheredElements(
    Func<long, (int Source, long Index)> placeOf, IReadOnlyList<IElementSource> sources) : DerivedElements
{
    private const int ChunkLength = 1 << 16;

    protected override void Fill<T>(Memory<T> destination, long offset, SourceFill<T> fill, ParallelOptions options)
    {
        var places = new (int Source, long Index)[Math.Min(ChunkLength, destination.Length)];
        while (destination.Length > 0)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            int length = Math.Min(places.Length, destination.Length);
            for (int i = 0; i < length; i++)
            {
                places[i] = placeOf(offset + i);
            }

            for (int source = 0; source < sources.Count; source++)
            {
                Gather(destination.Span, places.AsSpan(0, length), source, fill);
            }

            destination = destination[length..];
            offset += length;
        }
    }

    /// <summary>Places the elements that are of one source: neighbours in it, as far as a chunk goes.</summary>
    private void Gather<T>(
        Span<T> destination, ReadOnlySpan<(int Source, long Index)> places, int source, SourceFill<T> fill)
    {
        long first = long.MaxValue;
        long last = -1;
        foreach ((int Source, long Index) place in places)
        {
            if (place.Source == source)
            {
                first = Math.Min(first, place.Index);
                last = Math.Max(last, place.Index);
            }
        }

        if (last < 0)
        {
            return;
        }

        T[] values = new T[last - first + 1];
        fill(sources[source], values, first);
        for (int i = 0; i < places.Length; i++)
        {
            if (places[i].Source == source)
            {
                destination[i] = values[places[i].Index - first];
            }
        }
    }
}
