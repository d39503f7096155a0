namespace InitTools;

/// <summary>
/// NumPy's <c>SeedSequence</c>: hashes a seed into a pool of four words in which every bit of the seed touches every
/// bit, and expands the pool into as many words as a generator's state takes.
/// </summary>
/// <remarks>Construction: O'Neill, randutils (2015), as NumPy 1.17 and later have it.</remarks>
internal static class SeedSequence
{
    private const int PoolLength = 4;
    private const int Shift = 16;

    /// <summary>As many 64-bit words as the destination holds, for a seed of 64 bits.</summary>
    public static void Generate(ulong seed, Span<ulong> destination)
    {
        Span<uint> pool = stackalloc uint[PoolLength];
        Mix(seed, pool);
        uint multiplier = 0x8B51F9DD;
        for (int i = 0; i < destination.Length; i++)
        {
            uint low = Expand(pool[2 * i % PoolLength], ref multiplier);
            uint high = Expand(pool[((2 * i) + 1) % PoolLength], ref multiplier);
            destination[i] = ((ulong)high << 32) | low;
        }
    }

    private static void Mix(ulong seed, Span<uint> pool)
    {
        uint multiplier = 0x43B0D7E5;
        ReadOnlySpan<uint> entropy = [(uint)seed, (uint)(seed >> 32), 0, 0];
        for (int i = 0; i < PoolLength; i++)
        {
            pool[i] = Hash(entropy[i], ref multiplier);
        }

        for (int source = 0; source < PoolLength; source++)
        {
            for (int target = 0; target < PoolLength; target++)
            {
                if (source != target)
                {
                    uint mixed = (0xCA01F9DD * pool[target]) - (0x4973F715 * Hash(pool[source], ref multiplier));
                    pool[target] = mixed ^ (mixed >> Shift);
                }
            }
        }
    }

    private static uint Hash(uint value, ref uint multiplier)
    {
        value ^= multiplier;
        multiplier *= 0x931E8875;
        value *= multiplier;
        return value ^ (value >> Shift);
    }

    private static uint Expand(uint value, ref uint multiplier)
    {
        value ^= multiplier;
        multiplier *= 0x58F38DED;
        value *= multiplier;
        return value ^ (value >> Shift);
    }
}
