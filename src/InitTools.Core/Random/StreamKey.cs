using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace InitTools;

/// <summary>
/// One of the 2^64 independent streams of a seed. Element i of a stream is a function of (seed, stream, i) alone.
/// </summary>
/// <param name="Seed">The generator's 64-bit key.</param>
/// <param name="Stream">The stream id: words 2 and 3 of the generator's counter.</param>
public readonly record struct StreamKey(ulong Seed, ulong Stream)
{
    private const int LongestOnStack = 512;

    /// <summary>
    /// The stream of a purpose and a name: the first eight bytes, little-endian, of
    /// SHA-256(purpose + NUL + name in UTF-8).
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="purpose">One of <see cref="StreamPurpose"/>.</param>
    /// <param name="name">The tensor's name, or the text that stands for it; compared as bytes.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static StreamKey Create(Seed seed, StreamPurpose purpose, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        int longest = Encoding.UTF8.GetMaxByteCount(purpose.Text.Length + 1 + name.Length);
        Span<byte> text = longest <= LongestOnStack ? stackalloc byte[LongestOnStack] : new byte[longest];
        int separator = Encoding.UTF8.GetBytes(purpose.Text, text);
        text[separator] = 0;
        int length = separator + 1 + Encoding.UTF8.GetBytes(name, text[(separator + 1)..]);
        return new StreamKey(seed.Value, Sha256.FirstEightBytes(text[..length]));
    }

    /// <summary>
    /// The stream of a part of what this stream makes, such as a gate of a recurrent kernel: the first eight bytes,
    /// little-endian, of SHA-256(the eight bytes of this stream's id, little-endian + part in UTF-8).
    /// </summary>
    /// <param name="part">The part's name, as docs/reproducibility.md lists them.</param>
    internal StreamKey Part(string part)
    {
        byte[] name = Encoding.UTF8.GetBytes(part);
        byte[] text = new byte[sizeof(ulong) + name.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(text, Stream);
        name.CopyTo(text, sizeof(ulong));
        return new StreamKey(Seed, Sha256.FirstEightBytes(text));
    }
}
