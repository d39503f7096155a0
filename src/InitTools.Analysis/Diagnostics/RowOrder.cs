namespace InitTools.Analysis;

/// <summary>Rows in an order that a stream decides.</summary>
public static class RowOrder
{
    /// <summary>
    /// The numbers 0 to count - 1 in an order drawn from a stream: Fisher and Yates from the end, where step i, from
    /// count - 1 down to 1, exchanges places i and j = floor(u (i + 1) / 2^64). u is made of the stream's words at
    /// counter i: word 0 is its low half and word 1 its high half.
    /// </summary>
    /// <remarks>No j is more than count/2^64 likelier than another.</remarks>
    /// <param name="count">How many rows, 0 or more.</param>
    /// <param name="key">The stream.</param>
    public static int[] Shuffle(int count, StreamKey key)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            (uint low, uint high, _, _) = Philox4x32.Block((ulong)i, key);
            int j = (int)Math.BigMul((ulong)high << 32 | low, (ulong)i + 1, out _);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
