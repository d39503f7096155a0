namespace InitTools;

/// <summary>
/// Philox4x32-10, the counter-based generator behind every drawn number: a bijection of 128-bit counters, chosen by a
/// 64-bit key. Counter words 0 and 1 count blocks, words 2 and 3 are the stream id; the key is the seed.
/// </summary>
/// <remarks>
/// Salmon, Moraes, Dror and Shaw, Parallel Random Numbers: As Easy as 1, 2, 3 (SC 2011). This is the scalar reference;
/// the kernels make the same words many counters at a time.
/// </remarks>
public static class Philox4x32
{
    /// <summary>The number of rounds.</summary>
    internal const int Rounds = 10;

    /// <summary>The multiplier of counter word 0.</summary>
    internal const uint Multiplier0 = 0xD2511F53;

    /// <summary>The multiplier of counter word 2.</summary>
    internal const uint Multiplier1 = 0xCD9E8D57;

    /// <summary>What each round adds to key word 0: the golden ratio.</summary>
    internal const uint Weyl0 = 0x9E3779B9;

    /// <summary>What each round adds to key word 1: the square root of 3 less 1.</summary>
    internal const uint Weyl1 = 0xBB67AE85;

    /// <summary>The four words of a counter.</summary>
    /// <param name="counter">Counter words 0 (low half) and 1.</param>
    /// <param name="key">Its seed is the key; its stream id is counter words 2 (low half) and 3.</param>
    public static (uint Word0, uint Word1, uint Word2, uint Word3) Block(ulong counter, StreamKey key)
    {
        uint c0 = (uint)counter;
        uint c1 = (uint)(counter >> 32);
        uint c2 = (uint)key.Stream;
        uint c3 = (uint)(key.Stream >> 32);
        uint k0 = (uint)key.Seed;
        uint k1 = (uint)(key.Seed >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0;
            ulong product1 = (ulong)Multiplier1 * c2;
            c0 = (uint)(product1 >> 32) ^ c1 ^ k0;
            c1 = (uint)product1;
            c2 = (uint)(product0 >> 32) ^ c3 ^ k1;
            c3 = (uint)product0;
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return (c0, c1, c2, c3);
    }
}
