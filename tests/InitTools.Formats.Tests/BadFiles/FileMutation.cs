using Xunit;

namespace InitTools.Formats.Tests.BadFiles;

/// <summary>
/// Mutations of sound files: bytes changed, put in, taken out, doubled and moved, lengths and other numbers replaced by
/// extremes, ends cut off. A seed says all of them.
/// </summary>
internal static class FileMutation
{
    private static readonly ulong[] s_extremes =
    [
        0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000,
        0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFF, 100_000_000, 100_000_001,
    ];

    /// <summary>
    /// Opens mutations of sound files, each of which is read or refused (<see cref="FileOpening"/>), and asserts that
    /// some are read and some refused, so that the mutations reach what they are meant for.
    /// </summary>
    /// <param name="extension">The end of the files' names.</param>
    /// <param name="sound">The sound files.</param>
    /// <param name="words">What texts of the format are made of.</param>
    /// <param name="count">How many mutations.</param>
    /// <param name="repair">Makes lengths and checksums true again, for half of the mutations; nothing if null.</param>
    /// <param name="folder">The folder that they are in, or null for one of their own.</param>
    public static void OpenAll(
        string extension,
        byte[][] sound,
        string[] words,
        int count,
        Func<byte[], byte[]>? repair = null,
        TemporaryDirectory? folder = null)
    {
        using TemporaryDirectory directory = new();
        string path = (folder ?? directory).PathOf("mutated" + extension);
        foreach (byte[] bytes in sound)
        {
            File.WriteAllBytes(path, bytes);
            Assert.Null(FileOpening.Read(path));
        }

        byte[][] insertions = [.. words.Select(System.Text.Encoding.UTF8.GetBytes)];
        Random random = new(20261127);
        int refused = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] bytes = Mutate(sound[i % sound.Length], insertions, random);
            File.WriteAllBytes(path, repair is not null && random.Next(2) == 0 ? repair(bytes) : bytes);
            try
            {
                refused += FileOpening.Read(path) is null ? 0 : 1;
            }
            catch (Exception exception)
            {
                Assert.Fail($"Mutation {i}, {Convert.ToHexString(File.ReadAllBytes(path))}: {exception}");
            }
        }

        Assert.InRange(refused, count / 4, count - 1);
    }

    private static byte[] Mutate(byte[] sound, byte[][] words, Random random)
    {
        List<byte> bytes = [.. sound];
        for (int edits = random.Next(1, 4); edits > 0 && bytes.Count > 0; edits--)
        {
            int place = random.Next(bytes.Count);
            int length = Math.Min(bytes.Count - place, random.Next(1, 17));
            switch (random.Next(9))
            {
                case 0:
                    bytes[place] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.Insert(place, (byte)random.Next(256));
                    break;
                case 3:
                    bytes.InsertRange(place, words[random.Next(words.Length)]);
                    break;
                case 4:
                    bytes.RemoveRange(place, length);
                    break;
                case 5:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(place, length));
                    break;
                case 6:
                    Overwrite(bytes, place, s_extremes[random.Next(s_extremes.Length)], 1 << random.Next(4));
                    break;
                case 7:
                    byte[] word = words[random.Next(words.Length)];
                    bytes.RemoveRange(place, Math.Min(word.Length, bytes.Count - place));
                    bytes.InsertRange(place, word);
                    break;
                default:
                    // Seldom, since little is left of a file that is cut.
                    if (random.Next(4) == 0)
                    {
                        bytes.RemoveRange(place, bytes.Count - place);
                    }

                    break;
            }
        }

        return [.. bytes];
    }

    private static void Overwrite(List<byte> bytes, int place, ulong number, int size)
    {
        for (int i = 0; i < size && place + i < bytes.Count; i++)
        {
            bytes[place + i] = (byte)(number >> (8 * i));
        }
    }
}
