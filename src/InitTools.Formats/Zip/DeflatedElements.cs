using System.Buffers;

namespace InitTools.Formats;

/// <summary>
/// Elements in a compressed member of an archive, which are had in their order alone: whoever reads on goes on where
/// the last read ended, and whoever goes back begins anew. The archive is open from the first read to the last element.
/// </summary>
/// <param name="file">The archive, as it was when it was listed.</param>
/// <param name="member">The member.</param>
/// <param name="offset">Where the first element begins in the member.</param>
/// <param name="dtype">Their type.</param>
/// <param name="count">Their number.</param>
internal sealed class DeflatedElements(FileIdentity file, ZipMember member, long offset, DType dtype, long count)
    : IElementReader
{
    private const int SkipLength = 1 << 16;

    private readonly Lock _lock = new();
    private FileStream? _archive;
    private Stream? _bytes;
    private long _position;
    private uint _checksum;

    public DType DType => dtype;

    public long Count => count;

    public void Read(Memory<byte> destination, long start, ParallelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        lock (_lock)
        {
            long wanted = offset + start * DTypes.SizeOf(dtype);
            if (_bytes is null || _position > wanted)
            {
                Close();
                _archive = file.OpenUnchanged();
                _bytes = member.Open(_archive);
            }

            try
            {
                Skip(wanted - _position, options.CancellationToken);
                Fill(destination.Span);
            }
            catch
            {
                Close();
                throw;
            }

            if (_position == member.Length)
            {
                Close();
            }
        }
    }

    private void Skip(long length, CancellationToken cancellation)
    {
        byte[] skipped = ArrayPool<byte>.Shared.Rent(SkipLength);
        try
        {
            while (length > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                int part = (int)Math.Min(length, SkipLength);
                Fill(skipped.AsSpan(0, part));
                length -= part;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(skipped);
        }
    }

    private void Fill(Span<byte> destination)
    {
        int read;
        try
        {
            read = _bytes!.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException exception)
        {
            throw ZipDirectory.Malformed(
                member.Start,
                $"{QuotedText.Of(member.Name)} is not compressed by Deflate ({exception.Message.TrimEnd('.')})");
        }

        _position += read;
        _checksum = Crc32.Append(_checksum, destination[..read]);
        if (read < destination.Length)
        {
            throw ZipDirectory.Malformed(
                member.Start + member.StoredLength,
                $"{QuotedText.Of(member.Name)} ends after {_position} of {member.Length} bytes");
        }

        if (_position == member.Length && _checksum != member.Checksum)
        {
            throw ZipDirectory.Malformed(
                member.Start,
                $"{QuotedText.Of(member.Name)} has the checksum {_checksum:X8} and not {member.Checksum:X8}");
        }
    }

    private void Close()
    {
        _bytes?.Dispose();
        _archive?.Dispose();
        (_bytes, _archive, _position, _checksum) = (null, null, 0, 0);
    }
}
