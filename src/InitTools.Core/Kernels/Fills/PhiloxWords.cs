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
    public static unsafe void Fill<T>(ref uint destination, nint blockCount, ulong firstCounter, StreamKey key)
        where T : struct, IWordLanes<T>
    {
        ulong* roundKeys = stackalloc ulong[2 * Philox4x32.Rounds];
        for (uint round = 0; round < Philox4x32.Rounds; round++)
        {
            roundKeys[2 * round] = unchecked((uint)key.Seed + (round * Philox4x32.Weyl0));
            roundKeys[(2 * round) + 1] = unchecked((uint)(key.Seed >> 32) + (round * Philox4x32.Weyl1));
        }

        // All but counter word 0 is the same along a run, so half of the first three rounds is constant.
        ulong streamProduct = (ulong)Philox4x32.Multiplier1 * (uint)key.Stream;
        ulong constantProduct = Philox4x32.Multiplier0 *
            ((streamProduct >> 32) ^ (firstCounter >> 32) ^ roundKeys[0]);
        T first1 = T.Create((key.Stream >> 32) ^ roundKeys[1]);
        T second0 = T.Create((uint)streamProduct ^ roundKeys[2]);
        T second1 = T.Create((constantProduct >> 32) ^ roundKeys[3]);
        T third0 = T.Create(roundKeys[4]);
        T third1 = T.Create((uint)constantProduct ^ roundKeys[5]);
        T multiplier0 = T.Create(Philox4x32.Multiplier0);
        T multiplier1 = T.Create(Philox4x32.Multiplier1);

        // Two groups of 2 Count counters side by side hide the latency of the products: a and b are the even and the
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
            T a1 = T.Multiply(T.HighHalf(a3) ^ first1, multiplier1);
            T a0 = T.HighHalf(a1) ^ second0;
            T a2 = a3 ^ second1;
            T b1 = T.Multiply(T.HighHalf(b3) ^ first1, multiplier1);
            T b0 = T.HighHalf(b1) ^ second0;
            T b2 = b3 ^ second1;
            T c1 = T.Multiply(T.HighHalf(c3) ^ first1, multiplier1);
            T c0 = T.HighHalf(c1) ^ second0;
            T c2 = c3 ^ second1;
            T d1 = T.Multiply(T.HighHalf(d3) ^ first1, multiplier1);
            T d0 = T.HighHalf(d1) ^ second0;
            T d2 = d3 ^ second1;

            T aEven0 = T.Multiply(a0, multiplier0);
            T aEven1 = T.Multiply(a2, multiplier1);
            a0 = T.Xor(T.HighHalf(aEven1), a1, third0);
            a2 = T.HighHalf(aEven0) ^ third1;
            T bEven0 = T.Multiply(b0, multiplier0);
            T bEven1 = T.Multiply(b2, multiplier1);
            b0 = T.Xor(T.HighHalf(bEven1), b1, third0);
            b2 = T.HighHalf(bEven0) ^ third1;
            T cEven0 = T.Multiply(c0, multiplier0);
            T cEven1 = T.Multiply(c2, multiplier1);
            c0 = T.Xor(T.HighHalf(cEven1), c1, third0);
            c2 = T.HighHalf(cEven0) ^ third1;
            T dEven0 = T.Multiply(d0, multiplier0);
            T dEven1 = T.Multiply(d2, multiplier1);
            d0 = T.Xor(T.HighHalf(dEven1), d1, third0);
            d2 = T.HighHalf(dEven0) ^ third1;
            for (int round = 3; round < Philox4x32.Rounds - 1; round += 2)
            {
                T key0 = T.Create(roundKeys[2 * round]);
                T key1 = T.Create(roundKeys[(2 * round) + 1]);
                T aOdd0 = T.Multiply(a0, multiplier0);
                T aOdd1 = T.Multiply(a2, multiplier1);
                a0 = T.Xor(T.HighHalf(aOdd1), aEven1, key0);
                a2 = T.Xor(T.HighHalf(aOdd0), aEven0, key1);
                T bOdd0 = T.Multiply(b0, multiplier0);
                T bOdd1 = T.Multiply(b2, multiplier1);
                b0 = T.Xor(T.HighHalf(bOdd1), bEven1, key0);
                b2 = T.Xor(T.HighHalf(bOdd0), bEven0, key1);
                T cOdd0 = T.Multiply(c0, multiplier0);
                T cOdd1 = T.Multiply(c2, multiplier1);
                c0 = T.Xor(T.HighHalf(cOdd1), cEven1, key0);
                c2 = T.Xor(T.HighHalf(cOdd0), cEven0, key1);
                T dOdd0 = T.Multiply(d0, multiplier0);
                T dOdd1 = T.Multiply(d2, multiplier1);
                d0 = T.Xor(T.HighHalf(dOdd1), dEven1, key0);
                d2 = T.Xor(T.HighHalf(dOdd0), dEven0, key1);
                T next0 = T.Create(roundKeys[(2 * round) + 2]);
                T next1 = T.Create(roundKeys[(2 * round) + 3]);
                aEven0 = T.Multiply(a0, multiplier0);
                aEven1 = T.Multiply(a2, multiplier1);
                a0 = T.Xor(T.HighHalf(aEven1), aOdd1, next0);
                a2 = T.Xor(T.HighHalf(aEven0), aOdd0, next1);
                bEven0 = T.Multiply(b0, multiplier0);
                bEven1 = T.Multiply(b2, multiplier1);
                b0 = T.Xor(T.HighHalf(bEven1), bOdd1, next0);
                b2 = T.Xor(T.HighHalf(bEven0), bOdd0, next1);
                cEven0 = T.Multiply(c0, multiplier0);
                cEven1 = T.Multiply(c2, multiplier1);
                c0 = T.Xor(T.HighHalf(cEven1), cOdd1, next0);
                c2 = T.Xor(T.HighHalf(cEven0), cOdd0, next1);
                dEven0 = T.Multiply(d0, multiplier0);
                dEven1 = T.Multiply(d2, multiplier1);
                d0 = T.Xor(T.HighHalf(dEven1), dOdd1, next0);
                d2 = T.Xor(T.HighHalf(dEven0), dOdd0, next1);
            }

            T last0 = T.Create(roundKeys[(2 * Philox4x32.Rounds) - 2]);
            T last1 = T.Create(roundKeys[(2 * Philox4x32.Rounds) - 1]);
            nint place = Place(index * group);
            T aLast0 = T.Multiply(a0, multiplier0);
            T aLast1 = T.Multiply(a2, multiplier1);
            a0 = T.Xor(T.HighHalf(aLast1), aEven1, last0);
            a2 = T.Xor(T.HighHalf(aLast0), aEven0, last1);
            T bLast0 = T.Multiply(b0, multiplier0);
            T bLast1 = T.Multiply(b2, multiplier1);
            b0 = T.Xor(T.HighHalf(bLast1), bEven1, last0);
            b2 = T.Xor(T.HighHalf(bLast0), bEven0, last1);
            T.StoreInterleaved(a0, b0, ref destination, place);
            T.StoreInterleaved(aLast1, bLast1, ref destination, place + CountersPerBlock);
            T.StoreInterleaved(a2, b2, ref destination, place + (2 * CountersPerBlock));
            T.StoreInterleaved(aLast0, bLast0, ref destination, place + (3 * CountersPerBlock));
            place = Place((index + 1) * group);
            T cLast0 = T.Multiply(c0, multiplier0);
            T cLast1 = T.Multiply(c2, multiplier1);
            c0 = T.Xor(T.HighHalf(cLast1), cEven1, last0);
            c2 = T.Xor(T.HighHalf(cLast0), cEven0, last1);
            T dLast0 = T.Multiply(d0, multiplier0);
            T dLast1 = T.Multiply(d2, multiplier1);
            d0 = T.Xor(T.HighHalf(dLast1), dEven1, last0);
            d2 = T.Xor(T.HighHalf(dLast0), dEven0, last1);
            T.StoreInterleaved(c0, d0, ref destination, place);
            T.StoreInterleaved(cLast1, dLast1, ref destination, place + CountersPerBlock);
            T.StoreInterleaved(c2, d2, ref destination, place + (2 * CountersPerBlock));
            T.StoreInterleaved(cLast0, dLast0, ref destination, place + (3 * CountersPerBlock));
        }
    }

    // Where word 0 of a run's counter stands.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Place(nint counter) =>
        ((counter & -CountersPerBlock) * (WordsPerBlock / CountersPerBlock)) + (counter & (CountersPerBlock - 1));
}
