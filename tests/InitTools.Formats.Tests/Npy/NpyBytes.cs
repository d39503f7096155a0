using System.Text;

namespace InitTools.Formats.Tests.Npy;

/// <summary>Makes .npy files that no library would write.</summary>
internal static class NpyBytes
{
    public static byte[] WithHeader(string header, params byte[] numbers) =>
    [
        0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8),
        .. Encoding.Latin1.GetBytes(header),
        .. numbers,
    ];
}
