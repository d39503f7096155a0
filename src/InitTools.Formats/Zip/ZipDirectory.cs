using System.Buffers.Binary;
using System.Text;

namespace InitTools.Formats;

/// <summary>
/// The members of a zip archive, stored or deflated, also of 64-bit sizes. Everything is checked before a member is
/// read: the records agree, members lie in the file and do not overlap, and none says that it expands beyond what
/// Deflate can.
/// </summary>
internal static class ZipDirectory
{
    private const string Format = "zip archive";

    /// <summary>Deflate makes at most 258 bytes of two bits.</summary>
    private const long LargestExpansion = 1032;

    // A directory of some hundred thousand members.
    private const int MaximumLength = 1 << 24;

    private static readonly Encoding s_utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    /// <summary>Lists the members in the order of the directory.</summary>
    /// <exception cref="InvalidDataException">Not such a file; the message names the byte and the member.</exception>
    public static IReadOnlyList<ZipMember> Read(FileStream file)
    {
        DirectoryEnd end = FindEnd(file);
        if (end.Length > MaximumLength)
        {
            throw Malformed(
                end.Position, $"a directory of {end.Length} bytes is longer than the {MaximumLength} that are read");
        }

        if (end.Start < 0 || end.Length < 0 || end.Start > end.Position - end.Length)
        {
            throw Malformed(
                end.Position, $"the directory has {end.Length} bytes from {end.Start} on, and they end behind its end");
        }

        byte[] directory = ReadAt(file, end.Start, (int)end.Length);
        List<ZipMember> members = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        int position = 0;
        while (position < directory.Length)
        {
            Entry entry = ReadEntry(directory, ref position, end.Start);
            if (!names.Add(entry.Name))
            {
                throw Malformed(entry.Position, $"the name {QuotedText.Of(entry.Name)} stands twice");
            }

            if (members.Count == TensorLimits.Count)
            {
                throw Malformed(entry.Position, $"more than {TensorLimits.Count} members are not read");
            }

            members.Add(Locate(file, entry, end.Start));
        }

        if (members.Count != end.Count)
        {
            throw Malformed(end.Position, $"the directory has {members.Count} members, and its end says {end.Count}");
        }

        RequireApart(members);
        return members;
    }

    internal static InvalidDataException Malformed(long offset, string problem) =>
        FileErrors.Malformed(Format, offset, problem);

    private static DirectoryEnd FindEnd(FileStream file)
    {
        int length = (int)Math.Min(file.Length, ZipFormat.DirectoryEndLength + ushort.MaxValue);
        long start = file.Length - length;
        byte[] tail = ReadAt(file, start, length);
        for (int i = length - ZipFormat.DirectoryEndLength; i >= 0; i--)
        {
            ReadOnlySpan<byte> record = tail.AsSpan(i);
            if (UInt32(record) == ZipFormat.DirectoryEnd
                && UInt16(record[20..]) == record.Length - ZipFormat.DirectoryEndLength)
            {
                return ReadEnd(file, record, start + i);
            }
        }

        throw Malformed(file.Length, "the file does not end with the directory of an archive");
    }

    private static DirectoryEnd ReadEnd(FileStream file, ReadOnlySpan<byte> record, long position)
    {
        DirectoryEnd end = new(position, UInt16(record[10..]), UInt32(record[12..]), UInt32(record[16..]));
        long locatorPosition = position - ZipFormat.LargeDirectoryLocatorLength;
        if (locatorPosition >= 0)
        {
            byte[] locator = ReadAt(file, locatorPosition, ZipFormat.LargeDirectoryLocatorLength);
            if (UInt32(locator) == ZipFormat.LargeDirectoryLocator)
            {
                return ReadLargeEnd(file, (long)UInt64(locator.AsSpan(8)), locatorPosition);
            }
        }

        return UInt16(record[4..]) == 0 && UInt16(record[6..]) == 0
            ? end
            : throw Malformed(position, "archives of several disks are not read");
    }

    private static DirectoryEnd ReadLargeEnd(FileStream file, long position, long limit)
    {
        if (position < 0 || position > limit - ZipFormat.LargeDirectoryEndLength)
        {
            throw Malformed(limit, $"the end of the directory is said to stand at {position}");
        }

        byte[] record = ReadAt(file, position, ZipFormat.LargeDirectoryEndLength);
        return UInt32(record) == ZipFormat.LargeDirectoryEnd
            && UInt32(record.AsSpan(16)) == 0
            && UInt32(record.AsSpan(20)) == 0
                ? new DirectoryEnd(
                    position,
                    (long)UInt64(record.AsSpan(32)),
                    (long)UInt64(record.AsSpan(40)),
                    (long)UInt64(record.AsSpan(48)))
                : throw Malformed(position, "this is not the end of a directory with 64-bit sizes, of one disk");
    }

    private static Entry ReadEntry(ReadOnlySpan<byte> directory, ref int position, long start)
    {
        long place = start + position;
        ReadOnlySpan<byte> record = directory[position..];
        if (record.Length < ZipFormat.DirectoryEntryLength || UInt32(record) != ZipFormat.DirectoryEntry)
        {
            throw Malformed(place, "an entry of the directory was expected");
        }

        int nameLength = UInt16(record[28..]);
        int extraLength = UInt16(record[30..]);
        int length = ZipFormat.DirectoryEntryLength + nameLength + extraLength + UInt16(record[32..]);
        if (length > record.Length)
        {
            throw Malformed(place, "an entry of the directory ends behind the directory");
        }

        ushort flags = UInt16(record[8..]);
        string name = NameOf(record.Slice(ZipFormat.DirectoryEntryLength, nameLength), flags, place);
        if ((flags & ZipFormat.Encrypted) != 0)
        {
            throw Malformed(place, $"{QuotedText.Of(name)} is encrypted");
        }

        Entry entry = new(
            place,
            name,
            UInt16(record[10..]),
            UInt32(record[16..]),
            UInt32(record[20..]),
            UInt32(record[24..]),
            UInt32(record[42..]));
        ReadOnlySpan<byte> extra = record.Slice(ZipFormat.DirectoryEntryLength + nameLength, extraLength);
        position += length;
        return Enlarge(entry, extra);
    }

    /// <summary>Takes the sizes and the offset that 32 bits do not hold from the field that has them.</summary>
    private static Entry Enlarge(Entry entry, ReadOnlySpan<byte> extra)
    {
        ReadOnlySpan<byte> large = [];
        while (extra.Length >= 4)
        {
            int length = UInt16(extra[2..]);
            if (length > extra.Length - 4)
            {
                throw Malformed(entry.Position, $"{QuotedText.Of(entry.Name)}: an extra field ends behind its entry");
            }

            if (UInt16(extra) == ZipFormat.LargeField)
            {
                large = extra.Slice(4, length);
            }

            extra = extra[(4 + length)..];
        }

        return entry with
        {
            Length = Take(entry, entry.Length, ref large),
            StoredLength = Take(entry, entry.StoredLength, ref large),
            Offset = Take(entry, entry.Offset, ref large),
        };
    }

    private static long Take(Entry entry, long value, ref ReadOnlySpan<byte> large)
    {
        if (value != uint.MaxValue)
        {
            return value;
        }

        if (large.Length < sizeof(long))
        {
            throw Malformed(entry.Position, $"{QuotedText.Of(entry.Name)}: a size of 64 bits is missing");
        }

        value = (long)UInt64(large);
        large = large[sizeof(long)..];
        return value;
    }

    private static ZipMember Locate(FileStream file, Entry entry, long limit)
    {
        if (entry.Method is not (ZipFormat.Stored or ZipFormat.Deflated))
        {
            throw Malformed(
                entry.Position,
                $"{QuotedText.Of(entry.Name)}: the method {entry.Method} is neither stored (0) nor deflated (8)");
        }

        bool isDeflated = entry.Method == ZipFormat.Deflated;
        bool canExpand = isDeflated
            ? entry.StoredLength > 0 && entry.Length / LargestExpansion <= entry.StoredLength
            : entry.Length == entry.StoredLength;
        if (entry.Length < 0 || entry.StoredLength < 0 || !canExpand)
        {
            throw Malformed(
                entry.Position,
                $"{QuotedText.Of(entry.Name)}: {entry.StoredLength} bytes do not expand to {entry.Length}");
        }

        if (entry.Offset < 0 || entry.Offset > limit - ZipFormat.LocalHeaderLength)
        {
            throw Malformed(entry.Position, $"{QuotedText.Of(entry.Name)} is said to begin at {entry.Offset}");
        }

        byte[] header = ReadAt(file, entry.Offset, ZipFormat.LocalHeaderLength);
        int nameLength = UInt16(header.AsSpan(26));
        long start = entry.Offset + ZipFormat.LocalHeaderLength + nameLength + UInt16(header.AsSpan(28));
        if (UInt32(header) != ZipFormat.LocalHeader
            || UInt16(header.AsSpan(8)) != entry.Method
            || start > limit
            || NameOf(
                ReadAt(file, entry.Offset + ZipFormat.LocalHeaderLength, nameLength),
                UInt16(header.AsSpan(6)),
                entry.Offset) != entry.Name)
        {
            throw Malformed(
                entry.Offset, $"the header of {QuotedText.Of(entry.Name)} was expected, as the directory has it");
        }

        return entry.StoredLength <= limit - start
            ? new ZipMember(entry.Name, isDeflated, start, entry.StoredLength, entry.Length, entry.Checksum)
            : throw Malformed(
                entry.Offset,
                $"{QuotedText.Of(entry.Name)} has {entry.StoredLength} bytes, and ends in the directory");
    }

    private static void RequireApart(IEnumerable<ZipMember> members)
    {
        long end = 0;
        foreach (ZipMember member in members.OrderBy(member => member.Start).ThenBy(member => member.StoredLength))
        {
            if (member.Start < end)
            {
                throw Malformed(member.Start, $"{QuotedText.Of(member.Name)} overlaps another member");
            }

            end = member.Start + member.StoredLength;
        }
    }

    private static string NameOf(ReadOnlySpan<byte> bytes, ushort flags, long position)
    {
        string name;
        try
        {
            name = ((flags & ZipFormat.Utf8Names) != 0 ? s_utf8 : Encoding.Latin1).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Malformed(position, "a name is not UTF-8");
        }

        return ZipFormat.StaysInFolder(name)
            ? name
            : throw Malformed(
                position, $"the name {QuotedText.Of(name)} is an absolute path, or leads out of its folder");
    }

    private static byte[] ReadAt(FileStream file, long position, int length)
    {
        byte[] bytes = new byte[length];
        file.Position = position;
        file.ReadExactly(bytes);
        return bytes;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static ulong UInt64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    private readonly record struct DirectoryEnd(long Position, long Count, long Length, long Start);

    private readonly record struct Entry(
        long Position, string Name, ushort Method, uint Checksum, long StoredLength, long Length, long Offset);
}
