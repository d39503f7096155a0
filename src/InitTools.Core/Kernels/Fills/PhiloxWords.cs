using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Fills;

/// <summary>
/// The words of <see cref="Philox4x32"/> in blocks of 16 counters, 64 words each: word w of the block's counter n
/// stands at 16 w + n. So a vector of neighbouring words comes from neighbouring counters, and no lane ever moves.
/// </summary>
internal static class PhiloxWords
{
    /// <summary>The counters of a block.</summary>
    public const int CountersPerBlock = 16;

    /// <summary>The words of a block.</summary>
    public const int WordsPerBlock = 64;

    /// <summary>
    /// How many words beyond those asked for a fill may overwrite: wide vectors make two blocks at a time.
    /// </summary>
    public const int Slack = WordsPerBlock;

    /// <summary>
    /// Fills whole blocks from the one with the given first counter on; the run must not cross a multiple of 2^32
    /// counters. Overwrites up to <see cref="Slack"/> words more.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Fill<T>(ref uint destination, nint blockCount, ulong firstCounter, StreamKey key)
        where T : struct, IWordLanes<T>
    {
        uint counterHigh = (uint)(firstCounter >> 32);
        uint streamHigh = (uint)(key.Stream >> 32);
        uint key0 = (uint)key.Seed;
        uint key1 = (uint)(key.Seed >> 32);
        uint thirdKey0 = unchecked(key0 + Philox4x32.Weyl0 + Philox4x32.Weyl0);
        uint thirdKey1 = unchecked(key1 + Philox4x32.Weyl1 + Philox4x32.Weyl1);
        T multiplier0 = T.Create(Philox4x32.Multiplier0);
        T multiplier1 = T.Create(Philox4x32.Multiplier1);

        // All but counter word 0 is the same along a run, so half of the first three rounds is constant.
        ulong streamProduct = (ulong)Philox4x32.Multiplier1 * (uint)key.Stream;
        uint constantWord0 = (uint)(streamProduct >> 32) ^ counterHigh ^ key0;
        ulong constantProduct = (ulong)Philox4x32.Multiplier0 * constantWord0;
        T first = T.Create(streamHigh ^ key1);
        T second0 = T.Create((uint)streamProduct ^ (key0 + Philox4x32.Weyl0));
        T second1 = T.Create((uint)(constantProduct >> 32) ^ (key1 + Philox4x32.Weyl1));
        T third0 = T.Create(thirdKey0);
        T third1 = T.Create((uint)constantProduct ^ thirdKey1);

        // Two groups of 2 Count counters side by side hide the latency of the products: a and b hold the even and the
        // odd counters of one group, c and d those of the next.
        int group = 2 * T.Count;
        nint groupCount = blockCount * CountersPerBlock / group;
        for (nint index = 0; index < groupCount; index += 2)
        {
            uint counter = (uint)firstCounter + (uint)(index * group);
            T a3 = T.Multiply(T.Sequence(counter, 2), multiplier0);
            T b3 = T.Multiply(T.Sequence(counter + 1, 2), multiplier0);
            T c3 = T.Multiply(T.Sequence(counter + (uint)group, 2), multiplier0);
            T d3 = T.Multiply(T.Sequence(counter + (uint)group + 1, 2), multiplier0);
            T a1 = T.Multiply(T.HighHalf(a3) ^ first, multiplier1);
            T b1 = T.Multiply(T.HighHalf(b3) ^ first, multiplier1);
            T c1 = T.Multiply(T.HighHalf(c3) ^ first, multiplier1);
            T d1 = T.Multiply(T.HighHalf(d3) ^ first, multiplier1);
            T a0 = T.HighHalf(a1) ^ second0;
            T b0 = T.HighHalf(b1) ^ second0;
            T c0 = T.HighHalf(c1) ^ second0;
            T d0 = T.HighHalf(d1) ^ second0;
            T a2 = a3 ^ second1;
            T b2 = b3 ^ second1;
            T c2 = c3 ^ second1;
            T d2 = d3 ^ second1;

            // Round 3, where word 3 is still constant.
            a3 = T.Multiply(a0, multiplier0);
            b3 = T.Multiply(b0, multiplier0);
            c3 = T.Multiply(c0, multiplier0);
            d3 = T.Multiply(d0, multiplier0);
            a0 = T.HighHalf(T.Multiply(a2, multiplier1)) ^ a1 ^ third0;
            b0 = T.HighHalf(T.Multiply(b2, multiplier1)) ^ b1 ^ third0;
            c0 = T.HighHalf(T.Multiply(c2, multiplier1)) ^ c1 ^ third0;
            d0 = T.HighHalf(T.Multiply(d2, multiplier1)) ^ d1 ^ third0;
            a1 = T.Multiply(a2, multiplier1);
            b1 = T.Multiply(b2, multiplier1);
            c1 = T.Multiply(c2, multiplier1);
            d1 = T.Multiply(d2, multiplier1);
            a2 = T.HighHalf(a3) ^ third1;
            b2 = T.HighHalf(b3) ^ third1;
            c2 = T.HighHalf(c3) ^ third1;
            d2 = T.HighHalf(d3) ^ third1;

            uint roundKey0 = thirdKey0;
            uint roundKey1 = thirdKey1;
            for (int round = 3; round < Philox4x32.Rounds; round++)
            {
                roundKey0 += Philox4x32.Weyl0;
                roundKey1 += Philox4x32.Weyl1;
                T vectorKey0 = T.Create(roundKey0);
                T vectorKey1 = T.Create(roundKey1);
                T aProduct0 = T.Multiply(a0, multiplier0);
                T bProduct0 = T.Multiply(b0, multiplier0);
                T cProduct0 = T.Multiply(c0, multiplier0);
                T dProduct0 = T.Multiply(d0, multiplier0);
                T aProduct1 = T.Multiply(a2, multiplier1);
                T bProduct1 = T.Multiply(b2, multiplier1);
                T cProduct1 = T.Multiply(c2, multiplier1);
                T dProduct1 = T.Multiply(d2, multiplier1);
                a0 = T.HighHalf(aProduct1) ^ a1 ^ vectorKey0;
                b0 = T.HighHalf(bProduct1) ^ b1 ^ vectorKey0;
                c0 = T.HighHalf(cProduct1) ^ c1 ^ vectorKey0;
                d0 = T.HighHalf(dProduct1) ^ d1 ^ vectorKey0;
                a2 = T.HighHalf(aProduct0) ^ a3 ^ vectorKey1;
                b2 = T.HighHalf(bProduct0) ^ b3 ^ vectorKey1;
                c2 = T.HighHalf(cProduct0) ^ c3 ^ vectorKey1;
                d2 = T.HighHalf(dProduct0) ^ d3 ^ vectorKey1;
                a1 = aProduct1;
                b1 = bProduct1;
                c1 = cProduct1;
                d1 = dProduct1;
                a3 = aProduct0;
                b3 = bProduct0;
                c3 = cProduct0;
                d3 = dProduct0;
            }

            nint firstWord = Place(index * group);
            nint nextWord = Place((index + 1) * group);
            T.StoreInterleaved(a0, b0, ref destination, firstWord);
            T.StoreInterleaved(a1, b1, ref destination, firstWord + 16);
            T.StoreInterleaved(a2, b2, ref destination, firstWord + 32);
            T.StoreInterleaved(a3, b3, ref destination, firstWord + 48);
            T.StoreInterleaved(c0, d0, ref destination, nextWord);
            T.StoreInterleaved(c1, d1, ref destination, nextWord + 16);
            T.StoreInterleaved(c2, d2, ref destination, nextWord + 32);
            T.StoreInterleaved(c3, d3, ref destination, nextWord + 48);
        }
    }

    // Where word 0 of a run's counter stands.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Place(nint counter) =>
        ((counter & -CountersPerBlock) * (WordsPerBlock / CountersPerBlock)) + (counter & (CountersPerBlock - 1));
}
