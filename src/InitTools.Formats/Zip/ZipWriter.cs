using System.Buffers.Binary;
using System.Text;

namespace InitTools.Formats;

/// <summary>
/// Writes members into a zip archive as they are, without compression, which random numbers do not yield to. The same
/// members make the same bytes on every system: no clock and no owner is written down.
/// </summary>
/// <param name="stream">Where the archive goes, from its position on; it can seek.</param>
internal sealed class ZipWriter(Stream stream)
{
    private const ushort PlainVersion = 20;

    // The first of January 1980, the earliest day there is.
    private const ushort Date = 0x21;

    // Of the checksum, in the header of a member.
    private const int ChecksumOffset = 14;

    private readonly long _start = stream.Position;
    private readonly List<Member> _members = [];

    /// <summary>Adds a member.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="length">The bytes that it has.</param>
    /// <param name="write">Writes them.</param>
    public void Add(string name, long length, Action<Stream> write)
    {
        Member member = new(Encoding.UTF8.GetBytes(name), length, stream.Position - _start);
        bool isLarge = length >= uint.MaxValue;
        RecordWriter header = new(stackalloc byte[ZipFormat.LocalHeaderLength]);
        header.Write(ZipFormat.LocalHeader);
        WriteCommon(ref header, member, isLarge);
        header.Write((ushort)(isLarge ? 4 + 2 * sizeof(long) : 0));
        stream.Write(header.Bytes);
        stream.Write(member.Name);
        if (isLarge)
        {
            WriteLargeField(length, length);
        }

        Checksummed content = new(stream);
        write(content);
        long end = stream.Position;
        stream.Position = _start + member.Offset + ChecksumOffset;
        Span<byte> checksum = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, content.Checksum);
        stream.Write(checksum);
        stream.Position = end;
        _members.Add(member with { Checksum = content.Checksum });
    }

    /// <summary>Writes the directory, with which the archive ends.</summary>
    public void Finish()
    {
        long start = stream.Position - _start;
        foreach (Member member in _members)
        {
            WriteEntry(member);
        }

        long length = stream.Position - _start - start;
        bool isLarge = _members.Count >= ushort.MaxValue || start >= uint.MaxValue || length >= uint.MaxValue;
        if (isLarge)
        {
            WriteLargeEnd(start, length);
        }

        ushort count = isLarge ? ushort.MaxValue : (ushort)_members.Count;
        RecordWriter end = new(stackalloc byte[ZipFormat.DirectoryEndLength]);
        end.Write(ZipFormat.DirectoryEnd);
        end.Write(0u);
        end.Write(count);
        end.Write(count);
        end.Write(isLarge ? uint.MaxValue : (uint)length);
        end.Write(isLarge ? uint.MaxValue : (uint)start);
        end.Write((ushort)0);
        stream.Write(end.Bytes);
    }

    /// <summary>What the header of a member and its entry in the directory share.</summary>
    private static void WriteCommon(ref RecordWriter record, Member member, bool isLarge)
    {
        uint length = isLarge ? uint.MaxValue : (uint)member.Length;
        record.Write(isLarge ? ZipFormat.LargeVersion : PlainVersion);
        record.Write(Ascii.IsValid(member.Name) ? (ushort)0 : ZipFormat.Utf8Names);
        record.Write(ZipFormat.Stored);
        record.Write((ushort)0);
        record.Write(Date);
        record.Write(member.Checksum);
        record.Write(length);
        record.Write(length);
        record.Write((ushort)member.Name.Length);
    }

    private void WriteEntry(Member member)
    {
        bool isLarge = member.Length >= uint.MaxValue || member.Offset >= uint.MaxValue;
        RecordWriter entry = new(stackalloc byte[ZipFormat.DirectoryEntryLength]);
        entry.Write(ZipFormat.DirectoryEntry);
        entry.Write(isLarge ? ZipFormat.LargeVersion : PlainVersion);
        WriteCommon(ref entry, member, isLarge);
        entry.Write((ushort)(isLarge ? 4 + 3 * sizeof(long) : 0));
        entry.Write((ushort)0);
        entry.Write(0u);
        entry.Write(0u);
        entry.Write(isLarge ? uint.MaxValue : (uint)member.Offset);
        stream.Write(entry.Bytes);
        stream.Write(member.Name);
        if (isLarge)
        {
            WriteLargeField(member.Length, member.Length, member.Offset);
        }
    }

    private void WriteLargeField(params ReadOnlySpan<long> values)
    {
        RecordWriter field = new(stackalloc byte[4 + 3 * sizeof(long)]);
        field.Write(ZipFormat.LargeField);
        field.Write((ushort)(values.Length * sizeof(long)));
        foreach (long value in values)
        {
            field.Write((ulong)value);
        }

        stream.Write(field.Bytes);
    }

    private void WriteLargeEnd(long start, long length)
    {
        long position = stream.Position - _start;
        RecordWriter end = new(stackalloc byte[ZipFormat.LargeDirectoryEndLength]);
        end.Write(ZipFormat.LargeDirectoryEnd);
        end.Write((ulong)(ZipFormat.LargeDirectoryEndLength - 12));
        end.Write(ZipFormat.LargeVersion);
        end.Write(ZipFormat.LargeVersion);
        end.Write(0u);
        end.Write(0u);
        end.Write((ulong)_members.Count);
        end.Write((ulong)_members.Count);
        end.Write((ulong)length);
        end.Write((ulong)start);
        stream.Write(end.Bytes);
        RecordWriter locator = new(stackalloc byte[ZipFormat.LargeDirectoryLocatorLength]);
        locator.Write(ZipFormat.LargeDirectoryLocator);
        locator.Write(0u);
        locator.Write((ulong)position);
        locator.Write(1u);
        stream.Write(locator.Bytes);
    }

    private sealed record Member(byte[] Name, long Length, long Offset, uint Checksum = 0);

    /// <summary>Little-endian fields, one behind the other.</summary>
    private ref struct RecordWriter(Span<byte> record)
    {
        private readonly Span<byte> _record = record;
        private int _length;

        public readonly ReadOnlySpan<byte> Bytes => _record[.._length];

        public void Write(ushort value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(_record[_length..], value);
            _length += sizeof(ushort);
        }

        public void Write(uint value)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_record[_length..], value);
            _length += sizeof(uint);
        }

        public void Write(ulong value)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(_record[_length..], value);
            _length += sizeof(ulong);
        }
    }

    /// <summary>Passes bytes on and keeps their checksum.</summary>
    private sealed class Checksummed(Stream target) : Stream
    {
        public uint Checksum { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Checksum = Crc32.Append(Checksum, buffer);
            target.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() => target.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
