using System.Buffers.Binary;
using System.IO.Compression;
using InitTools.Formats.Tests.Npy;
using Xunit;

namespace InitTools.Formats.Tests.BadFiles;

public class NpzBadFileTests
{
    private const string Extension = ".npz";

    // Places in an archive of one member called w.npy, from its records' ends.
    private const int DirectoryEntry = 46 + 5;
    private const int DirectoryEnd = 22;

    /// <summary>A field of a record, what is written into it, and what is said of it.</summary>
    public static TheoryData<string, int, int, uint, string> Fields { get; } = new()
    {
        { "local header", 0, 4, 0, "the header of 'w.npy' was expected" },
        { "local header", 8, 2, 8, "the header of 'w.npy' was expected" },
        { "local header", 26, 2, 0xFFFF, "the header of 'w.npy' was expected" },
        { "local header", 30, 1, (uint)'v', "the header of 'w.npy' was expected" },
        { "entry", 0, 4, 0, "an entry of the directory was expected" },
        { "entry", 8, 2, 1, "'w.npy' is encrypted" },
        { "entry", 10, 2, 14, "'w.npy': the method 14 is neither stored (0) nor deflated (8)" },
        { "entry", 20, 4, 7, "'w.npy': 7 bytes do not expand to" },
        { "entry", 24, 4, 0xFFFF_FFFE, "bytes do not expand to 4294967294" },
        { "entry", 24, 4, 0xFFFF_FFFF, "'w.npy': a size of 64 bits is missing" },
        { "entry", 28, 2, 0xFFFF, "an entry of the directory ends behind the directory" },
        { "entry", 30, 2, 0xFFFF, "an entry of the directory ends behind the directory" },
        { "entry", 42, 4, 0x7FFF_FFFF, "'w.npy' is said to begin at 2147483647" },
        { "entry", 46, 1, (uint)'/', "the name '/.npy' is an absolute path" },
        { "end", 0, 4, 0, "the file does not end with the directory of an archive" },
        { "end", 4, 2, 1, "archives of several disks are not read" },
        { "end", 10, 2, 2, "the directory has 1 members, and its end says 2" },
        { "end", 12, 4, 0x0200_0000, "a directory of 33554432 bytes is longer than" },
        { "end", 16, 4, 0x7FFF_FFFF, "they end behind its end" },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_malformed_field_is_refused_with_the_place(
        string record, int place, int size, uint value, string problem)
    {
        byte[] bytes = Archive([("w.npy", Npy("(2,)", 8))]);
        int start = record switch
        {
            "local header" => 0,
            "entry" => bytes.Length - DirectoryEnd - DirectoryEntry,
            _ => bytes.Length - DirectoryEnd,
        };
        byte[] field = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(field, value);
        field.AsSpan(0, size).CopyTo(bytes.AsSpan(start + place));

        AssertRefused(bytes, problem);
    }

    [Theory]
    [InlineData("/w.npy", "the name '/w.npy' is an absolute path")]
    [InlineData("../w.npy", "the name '../w.npy' is an absolute path, or leads out of its folder")]
    [InlineData("a/../../w.npy", "leads out of its folder")]
    [InlineData(@"..\w.npy", "leads out of its folder")]
    [InlineData("C:/w.npy", "the name 'C:/w.npy' is an absolute path")]
    public void Paths_out_of_the_archive_are_refused(string name, string problem) =>
        AssertRefused(Archive([(name, Npy("(2,)", 8))]), problem);

    [Theory]
    [InlineData("(3,)", 8, "'w.npy': Not a .npy file that is read here, at byte")]
    [InlineData("(-2,)", 8, "a whole number of 0 or more")]
    [InlineData("(4294967296, 4294967296)", 8, "does not have as many")]
    public void A_malformed_member_is_refused(string shape, int numbers, string problem)
    {
        AssertRefused(Archive([("w.npy", Npy(shape, numbers))]), problem);
        AssertRefused(Archive([("w.npy", Npy(shape, numbers))], CompressionLevel.Fastest), problem);
    }

    [Fact]
    public void One_name_twice_is_refused() => AssertRefused(
        Archive([("w.npy", Npy("(2,)", 8)), ("w.npy", Npy("(2,)", 8))]), "the name 'w.npy' stands twice");

    [Fact]
    public void Objects_are_refused() => AssertRefused(
        Archive([("w.npy", TestData.BytesOf("npy/objects.npy"))]), "the element type '|O'");

    [Fact]
    public void A_member_that_expands_more_than_Deflate_can_is_refused()
    {
        byte[] bytes = Archive([("w.npy", Npy("(2500000,)", 10_000_000))], CompressionLevel.Optimal);
        int entry = bytes.Length - DirectoryEnd - DirectoryEntry;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(entry + 24), 0xFFFF_FFFE);

        AssertRefused(bytes, "bytes do not expand to 4294967294");
    }

    [Fact]
    public void A_member_of_other_bytes_than_its_checksum_is_refused()
    {
        byte[] bytes = Archive([("w.npy", Npy("(2,)", 8))], CompressionLevel.Optimal);
        bytes[^(DirectoryEnd + DirectoryEntry - 16)] ^= 1;

        AssertRefused(bytes, "'w.npy' has the checksum");
    }

    [Theory]
    [InlineData("stored.npz")]
    [InlineData("deflated.npz")]
    public void Truncation_anywhere_is_refused(string name) =>
        FileOpening.AssertEveryTruncationRefused(Extension, TestData.BytesOf($"npy/{name}"));

    [Fact]
    public void A_few_hundred_mutations_are_read_or_refused() => Mutate(500);

    [Fact]
    [Trait("Category", "Slow")]
    public void A_hundred_thousand_mutations_are_read_or_refused() => Mutate(100_000);

    private static void Mutate(int count) => FileMutation.OpenAll(
        Extension,
        [
            TestData.BytesOf("npy/stored.npz"),
            TestData.BytesOf("npy/deflated.npz"),
            Archive([("w.npy", Npy("(2,)", 8)), ("é.npy", Npy("(1, 1)", 4))], CompressionLevel.Optimal),
        ],
        [
            "PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "PK\u0006\u0006", "PK\u0006\u0007", "..", "/", "\0",
            "<f4", "9",
            ",", ".npy",
        ],
        count);

    private static byte[] Npy(string shape, int numbers) => NpyBytes.WithHeader(
        $"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}", new byte[numbers]);

    private static byte[] Archive(
        (string Name, byte[] Content)[] members, CompressionLevel level = CompressionLevel.NoCompression)
    {
        using MemoryStream bytes = new();
        using (ZipArchive archive = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in members)
            {
                using Stream stream = archive.CreateEntry(name, level).Open();
                stream.Write(content);
            }
        }

        return bytes.ToArray();
    }

    private static void AssertRefused(byte[] bytes, string problem) =>
        FileOpening.AssertRefused(Extension, bytes, problem);
}
