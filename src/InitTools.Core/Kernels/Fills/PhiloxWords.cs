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
    /// How many words beyond those asked for a fill may overwrite: wide vectors make three blocks at a time.
    /// </summary>
    public const int Slack = 2 * WordsPerBlock;

    /// <summary>
    /// Fills whole blocks from the one with the given first counter on; the run must not cross a multiple of 2^32
    /// counters. Overwrites up to <see cref="Slack"/> words more. Meanwhile the memory that the words' numbers will go
    /// to is fetched into the cache, where it would otherwise be waited for.
    /// </summary>
    /// <param name="destination">Where the words go.</param>
    /// <param name="blockCount">The number of blocks.</param>
    /// <param name="firstCounter">Counter words 0 and 1 of the first block's first counter.</param>
    /// <param name="key">The stream.</param>
    /// <param name="fetched">The memory to fetch; it is not touched otherwise.</param>
    /// <param name="bytesPerCounter">How much of that memory goes with each counter.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Fill<T>(
        ref uint destination, nint blockCount, ulong firstCounter, StreamKey key, void* fetched, nint bytesPerCounter)
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

        // Groups of 2 Count counters side by side hide the latency of the products: a and b are the even and the odd
        // counters of the first, c and d those of the second and, where the registers suffice, e and f those of a
        // third. The product of the first round grows by the same amount from one counter to the next.
        int group = 2 * T.Count;
        int step = (T.HasManyRegisters ? 3 : 2) * group;
        T nextCounter = multiplier0;
        T nextGroup = T.Create((ulong)group * Philox4x32.Multiplier0);
        T product = T.Sequence((ulong)(uint)firstCounter * Philox4x32.Multiplier0, 2UL * Philox4x32.Multiplier0);
        nint end = blockCount * CountersPerBlock;
        byte* line = (byte*)fetched;
        for (nint counter = 0; counter < end; counter += step)
        {
            byte* next = (byte*)fetched + ((counter + step) * bytesPerCounter);
            for (; line < next; line += Cache.LineLength)
            {
                Cache.Prefetch(line);
            }

            State<T> a = AfterRound3(
                product, multiplier0, multiplier1, first1, second0, second1, third0, third1);
            State<T> b = AfterRound3(
                product + nextCounter, multiplier0, multiplier1, first1, second0, second1, third0, third1);
            product += nextGroup;
            State<T> c = AfterRound3(
                product, multiplier0, multiplier1, first1, second0, second1, third0, third1);
            State<T> d = AfterRound3(
                product + nextCounter, multiplier0, multiplier1, first1, second0, second1, third0, third1);
            product += nextGroup;
            State<T> e = default;
            State<T> f = default;
            if (T.HasManyRegisters)
            {
                e = AfterRound3(
                    product, multiplier0, multiplier1, first1, second0, second1, third0, third1);
                f = AfterRound3(
                    product + nextCounter, multiplier0, multiplier1, first1, second0, second1, third0, third1);
                product += nextGroup;
            }

            for (int round = 3; round < Philox4x32.Rounds; round++)
            {
                T key0 = T.Create(roundKeys[2 * round]);
                T key1 = T.Create(roundKeys[(2 * round) + 1]);
                a = a.Round(key0, key1, multiplier0, multiplier1);
                b = b.Round(key0, key1, multiplier0, multiplier1);
                c = c.Round(key0, key1, multiplier0, multiplier1);
                d = d.Round(key0, key1, multiplier0, multiplier1);
                if (T.HasManyRegisters)
                {
                    e = e.Round(key0, key1, multiplier0, multiplier1);
                    f = f.Round(key0, key1, multiplier0, multiplier1);
                }
            }

            Store(a, b, ref destination, Place(counter));
            Store(c, d, ref destination, Place(counter + group));
            if (T.HasManyRegisters)
            {
                Store(e, f, ref destination, Place(counter + (2 * group)));
            }
        }
    }

    // Rounds 1 to 3, of whose words only those vary that come from counter word 0: from its product in round 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static State<T> AfterRound3<T>(
        T word3, T multiplier0, T multiplier1, T first1, T second0, T second1, T third0, T third1)
        where T : struct, IWordLanes<T>
    {
        T word1 = T.Multiply(T.HighHalf(word3) ^ first1, multiplier1);
        T product0 = T.Multiply(T.HighHalf(word1) ^ second0, multiplier0);
        T product1 = T.Multiply(word3 ^ second1, multiplier1);
        return new State<T>(
            T.Xor(T.HighHalf(product1), word1, third0), product1, T.HighHalf(product0) ^ third1, product0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(State<T> even, State<T> odd, ref uint destination, nint place)
        where T : struct, IWordLanes<T>
    {
        T.StoreInterleaved(even.Word0, odd.Word0, ref destination, place);
        T.StoreInterleaved(even.Word1, odd.Word1, ref destination, place + CountersPerBlock);
        T.StoreInterleaved(even.Word2, odd.Word2, ref destination, place + (2 * CountersPerBlock));
        T.StoreInterleaved(even.Word3, odd.Word3, ref destination, place + (3 * CountersPerBlock));
    }

    private readonly struct State<T>(T word0, T word1, T word2, T word3)
        where T : struct, IWordLanes<T>
    {
        public readonly T Word0 = word0;
        public readonly T Word1 = word1;
        public readonly T Word2 = word2;
        public readonly T Word3 = word3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public State<T> Round(T key0, T key1, T multiplier0, T multiplier1)
        {
            T product0 = T.Multiply(Word0, multiplier0);
            T product1 = T.Multiply(Word2, multiplier1);
            return new State<T>(
                T.Xor(T.HighHalf(product1), Word1, key0), product1, T.Xor(T.HighHalf(product0), Word3, key1), product0);
        }
    }

    // Where word 0 of a run's counter stands.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Place(nint counter) =>
        ((counter & -CountersPerBlock) * (WordsPerBlock / CountersPerBlock)) + (counter & (CountersPerBlock - 1));
}
