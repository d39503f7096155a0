using System.IO.Compression;

namespace InitTools.Formats;

/// <summary>A member of a zip archive, whose bytes follow one another in the archive.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsDeflated">Whether its bytes are compressed.</param>
/// <param name="Start">Where its bytes begin in the archive.</param>
/// <param name="StoredLength">The bytes that it takes there.</param>
/// <param name="Length">The bytes that it has.</param>
/// <param name="Checksum">Their <see cref="Crc32"/>.</param>
internal sealed record ZipMember(
    string Name, bool IsDeflated, long Start, long StoredLength, long Length, uint Checksum)
{
    /// <summary>Reads the member from its beginning.</summary>
    /// <param name="archive">The archive, whose position moves with the reading; it is not closed.</param>
    public Stream Open(Stream archive)
    {
        FileRange stored = new(archive, Start, StoredLength);
        return IsDeflated ? new DeflateStream(stored, CompressionMode.Decompress) : stored;
    }
}
