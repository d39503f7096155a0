using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace InitTools.Formats;

/// <summary>
/// What stands before the numbers of a .npy file: ten or twelve bytes, then a Python dictionary as text, padded with
/// blanks to a multiple of 64 bytes and ended by a line feed.
/// </summary>
/// <param name="Descr">The element type: byte order, kind and size, such as <c>&lt;f4</c>.</param>
/// <param name="FortranOrder">Whether the first index runs fastest.</param>
/// <param name="Shape">The dimensions, outermost first; none for a single number.</param>
/// <remarks>Source: NumPy Enhancement Proposal 1 and the documentation of <c>numpy.lib.format</c>.</remarks>
public sealed record NpyHeader(string Descr, bool FortranOrder, IReadOnlyList<long> Shape)
{
    /// <summary>
    /// The longest header that is read; NumPy itself reads 10,000 bytes unless told otherwise. Versions 2 and 3 could
    /// say 4 GiB.
    /// </summary>
    public const int MaximumLength = 1 << 16;

    private const int Alignment = 64;
    private const int VersionOnePrefix = 10;
    private const int VersionTwoPrefix = 12;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The header's bytes in version 1.0, the one that every reader knows.</summary>
    public byte[] ToBytes()
    {
        string shape = Shape.Count == 1
            ? string.Create(CultureInfo.InvariantCulture, $"({Shape[0]},)")
            : $"({string.Join(", ", Shape.Select(d => d.ToString(CultureInfo.InvariantCulture)))})";
        string order = FortranOrder ? "True" : "False";
        string text = $"{{'descr': '{Descr}', 'fortran_order': {order}, 'shape': {shape}, }}";
        int length = (VersionOnePrefix + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        if (length - VersionOnePrefix > ushort.MaxValue)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                $"A shape of {Shape.Count} dimensions does not fit into a .npy header of version 1.0.");
        }

        var bytes = new byte[length];
        bytes.AsSpan().Fill((byte)' ');
        Magic.CopyTo(bytes);
        bytes[6] = 1;
        bytes[7] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)(length - VersionOnePrefix));
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(VersionOnePrefix));
        bytes[^1] = (byte)'\n';
        return bytes;
    }

    /// <summary>Reads the header of versions 1.0, 2.0 and 3.0 and leaves the stream at the first number.</summary>
    /// <exception cref="InvalidDataException">
    /// The bytes are no such header. The message names the byte offset and what was expected there.
    /// </exception>
    public static NpyHeader Read(Stream stream) => Read(stream, out _);

    /// <inheritdoc cref="Read(Stream)"/>
    internal static NpyHeader Read(Stream stream, out int bytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> prefix = stackalloc byte[VersionTwoPrefix];
        ReadExactly(stream, prefix[..VersionOnePrefix], 0);
        if (!prefix[..Magic.Length].SequenceEqual(Magic))
        {
            throw Malformed(0, "the file does not begin with the bytes 93 4E 55 4D 50 59 (\\x93NUMPY)");
        }

        (byte major, byte minor) = (prefix[6], prefix[7]);
        if (major is < 1 or > 3 || minor != 0)
        {
            throw Malformed(6, $"version {major}.{minor} is not one of 1.0, 2.0, 3.0");
        }

        int start = major == 1 ? VersionOnePrefix : VersionTwoPrefix;
        uint length;
        if (major == 1)
        {
            length = BinaryPrimitives.ReadUInt16LittleEndian(prefix[8..]);
        }
        else
        {
            ReadExactly(stream, prefix[VersionOnePrefix..], VersionOnePrefix);
            length = BinaryPrimitives.ReadUInt32LittleEndian(prefix[8..]);
        }

        if (length > MaximumLength)
        {
            throw Malformed(8, $"a header of {length} bytes is longer than the {MaximumLength} that are read");
        }

        var text = new byte[length];
        ReadExactly(stream, text, start);
        bytes = start + (int)length;
        return new NpyHeaderText(text, start).Parse();
    }

    /// <summary>The number of elements, or null if it has no 63 bits.</summary>
    public long? Count => StoredShape.CountOf(Shape);

    /// <summary>The number of elements, which the bytes behind the header have to be.</summary>
    /// <param name="size">The bytes of an element.</param>
    /// <param name="offset">Where the elements begin in the file.</param>
    /// <param name="available">The bytes that the file has from there on.</param>
    /// <exception cref="InvalidDataException">They are more, or fewer.</exception>
    internal long RequireCount(int size, long offset, long available) =>
        Count is long count && count <= available / size && count * size == available
            ? count
            : throw Malformed(
                offset + available,
                $"the file has {available} bytes of numbers; the shape ({string.Join(", ", Shape)}) of '{Descr}' does "
                + "not have as many");

    internal static InvalidDataException Malformed(long offset, string problem) =>
        FileErrors.Malformed($"{NpyFile.Extension} file", offset, problem);

    private static void ReadExactly(Stream stream, Span<byte> destination, long offset)
    {
        int read = stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        if (read < destination.Length)
        {
            throw Malformed(offset + read, "the file ends within its header");
        }
    }
}
