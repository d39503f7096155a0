using System.Buffers.Binary;

namespace InitTools.Formats;

/// <summary>
/// The checksum of zip archives: the remainder of the bytes, as a polynomial over two elements, by
/// x^32 + x^26 + x^23 + x^22 + x^16 + x^12 + x^11 + x^10 + x^8 + x^7 + x^5 + x^4 + x^2 + x + 1, bits reversed.
/// </summary>
/// <remarks>
/// Eight bytes a step, by eight tables: table k has the remainder of a byte that k further bytes follow. Source: ISO
/// 3309; the tables after Kounavis and Berry, 2005.
/// </remarks>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Step = 8;

    private static readonly uint[] s_tables = MakeTables();

    /// <summary>The checksum of bytes that follow others.</summary>
    /// <param name="checksum">That of the bytes before, 0 where there are none.</param>
    /// <param name="bytes">The bytes.</param>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<uint> tables = s_tables;
        uint rest = ~checksum;
        while (bytes.Length >= Step)
        {
            uint low = rest ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[sizeof(uint)..]);
            rest = tables[(7 << 8) + (int)(low & 0xFF)]
                ^ tables[(6 << 8) + (int)((low >> 8) & 0xFF)]
                ^ tables[(5 << 8) + (int)((low >> 16) & 0xFF)]
                ^ tables[(4 << 8) + (int)(low >> 24)]
                ^ tables[(3 << 8) + (int)(high & 0xFF)]
                ^ tables[(2 << 8) + (int)((high >> 8) & 0xFF)]
                ^ tables[(1 << 8) + (int)((high >> 16) & 0xFF)]
                ^ tables[(int)(high >> 24)];
            bytes = bytes[Step..];
        }

        foreach (byte value in bytes)
        {
            rest = (rest >> 8) ^ tables[(int)((rest ^ value) & 0xFF)];
        }

        return ~rest;
    }

    private static uint[] MakeTables()
    {
        uint[] tables = new uint[Step << 8];
        for (uint value = 0; value < 256; value++)
        {
            uint rest = value;
            for (int bit = 0; bit < 8; bit++)
            {
                rest = (rest & 1) == 1 ? (rest >> 1) ^ Polynomial : rest >> 1;
            }

            tables[value] = rest;
        }

        for (int i = 256; i < tables.Length; i++)
        {
            uint before = tables[i - 256];
            tables[i] = (before >> 8) ^ tables[before & 0xFF];
        }

        return tables;
    }
}
