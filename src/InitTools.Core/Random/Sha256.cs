using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace InitTools;

/// <summary>
/// SHA-256 of short texts. The platform's is a call into a library that takes four times as long as the digest itself,
/// which for ten thousand small tensors is most of the time there is.
/// </summary>
/// <remarks>Source: FIPS 180-4, Secure Hash Standard (2015).</remarks>
internal static class Sha256
{
    private const int BlockLength = 64;
    private const int LengthBytes = 8;

    // The fractional parts of the square roots of the first eight primes.
    private static ReadOnlySpan<uint> Start =>
    [
        0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19,
    ];

    // The fractional parts of the cube roots of the first 64 primes.
    private static ReadOnlySpan<uint> RoundConstants =>
    [
        0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
        0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
        0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
        0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
        0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
        0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
        0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
        0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
    ];

    /// <summary>The first eight bytes of the digest as a little-endian number.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong FirstEightBytes(ReadOnlySpan<byte> message)
    {
        Span<uint> state = stackalloc uint[8];
        Start.CopyTo(state);
        ReadOnlySpan<byte> rest = message;
        for (; rest.Length >= BlockLength; rest = rest[BlockLength..])
        {
            AddBlock(state, rest);
        }

        // A one bit, zeros, and the number of bits in the last eight bytes of a block.
        Span<byte> last = stackalloc byte[2 * BlockLength];
        last.Clear();
        rest.CopyTo(last);
        last[rest.Length] = 0x80;
        int end = rest.Length < BlockLength - LengthBytes ? BlockLength : 2 * BlockLength;
        BinaryPrimitives.WriteUInt64BigEndian(last[(end - LengthBytes)..], 8UL * (ulong)message.Length);
        AddBlock(state, last);
        if (end > BlockLength)
        {
            AddBlock(state, last[BlockLength..]);
        }

        return BinaryPrimitives.ReverseEndianness(state[0]) | (ulong)BinaryPrimitives.ReverseEndianness(state[1]) << 32;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static unsafe void AddBlock(Span<uint> state, ReadOnlySpan<byte> block)
    {
        uint* schedule = stackalloc uint[BlockLength];
        for (int t = 0; t < 16; t++)
        {
            schedule[t] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * t)..]);
        }

        for (uint* word = schedule + 16; word < schedule + BlockLength; word++)
        {
            uint early = word[-15];
            uint late = word[-2];
            uint sigma0 = BitOperations.RotateRight(early, 7) ^ BitOperations.RotateRight(early, 18) ^ (early >> 3);
            uint sigma1 = BitOperations.RotateRight(late, 17) ^ BitOperations.RotateRight(late, 19) ^ (late >> 10);
            *word = word[-16] + sigma0 + word[-7] + sigma1;
        }

        // Eight rounds give each variable its own place again, so that none is moved.
        (uint a, uint b, uint c, uint d) = (state[0], state[1], state[2], state[3]);
        (uint e, uint f, uint g, uint h) = (state[4], state[5], state[6], state[7]);
        uint difference = b ^ c;
        ref uint constant = ref MemoryMarshal.GetReference(RoundConstants);
        for (uint* word = schedule; word < schedule + BlockLength; word += 8)
        {
            Round(a, b, ref d, e, f, g, ref h, constant + word[0], ref difference);
            Round(h, a, ref c, d, e, f, ref g, Unsafe.Add(ref constant, 1) + word[1], ref difference);
            Round(g, h, ref b, c, d, e, ref f, Unsafe.Add(ref constant, 2) + word[2], ref difference);
            Round(f, g, ref a, b, c, d, ref e, Unsafe.Add(ref constant, 3) + word[3], ref difference);
            Round(e, f, ref h, a, b, c, ref d, Unsafe.Add(ref constant, 4) + word[4], ref difference);
            Round(d, e, ref g, h, a, b, ref c, Unsafe.Add(ref constant, 5) + word[5], ref difference);
            Round(c, d, ref f, g, h, a, ref b, Unsafe.Add(ref constant, 6) + word[6], ref difference);
            Round(b, c, ref e, f, g, h, ref a, Unsafe.Add(ref constant, 7) + word[7], ref difference);
            constant = ref Unsafe.Add(ref constant, 8);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    // The majority of a, b and c is b where b and c agree, else a; whether a and b agree serves the next round.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        uint a, uint b, ref uint d, uint e, uint f, uint g, ref uint h, uint word, ref uint difference)
    {
        uint sum1 = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11)
            ^ BitOperations.RotateRight(e, 25);
        uint choice = g ^ (e & (f ^ g));
        uint first = h + word + choice + sum1;
        uint sum0 = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13)
            ^ BitOperations.RotateRight(a, 22);
        uint next = a ^ b;
        uint majority = b ^ (next & difference);
        difference = next;
        d += first;
        h = first + sum0 + majority;
    }
}
