namespace InitTools.Formats;

/// <summary>Signatures and sizes of a zip archive's records.</summary>
/// <remarks>Source: PKWARE, APPNOTE.TXT, version 6.3, sections 4.3 and 4.5.</remarks>
internal static class ZipFormat
{
    public const uint LocalHeader = 0x04034B50;
    public const uint DirectoryEntry = 0x02014B50;
    public const uint DirectoryEnd = 0x06054B50;
    public const uint LargeDirectoryEnd = 0x06064B50;
    public const uint LargeDirectoryLocator = 0x07064B50;

    public const int LocalHeaderLength = 30;
    public const int DirectoryEntryLength = 46;
    public const int DirectoryEndLength = 22;
    public const int LargeDirectoryEndLength = 56;
    public const int LargeDirectoryLocatorLength = 20;

    /// <summary>The extra field with sizes and offset of 64 bits.</summary>
    public const ushort LargeField = 1;

    /// <summary>Flag: the member is encrypted.</summary>
    public const ushort Encrypted = 1;

    /// <summary>Flag: names are UTF-8.</summary>
    public const ushort Utf8Names = 1 << 11;

    /// <summary>Method: as it is.</summary>
    public const ushort Stored = 0;

    /// <summary>Method: Deflate.</summary>
    public const ushort Deflated = 8;

    /// <summary>The version of the format that has fields of 64 bits.</summary>
    public const ushort LargeVersion = 45;

    /// <summary>False for an absolute path, on any system, and for one with a step to the folder above.</summary>
    public static bool StaysInFolder(string name) =>
        name is not (['/' or '\\', ..] or [_, ':', '/' or '\\', ..]) && !name.Split('/', '\\').Contains("..");
}
