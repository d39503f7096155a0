using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace InitTools.Core.Tests.Streams;

public class StreamKeyTests
{
    [Fact]
    public void Is_the_start_of_the_hash_of_purpose_and_name()
    {
        byte[] text = [.. Encoding.UTF8.GetBytes("weights"), 0, .. Encoding.UTF8.GetBytes("schicht-ä.weight")];
        ulong expected = BitConverter.ToUInt64(SHA256.HashData(text), 0);
        Assert.Equal(
            new StreamKey(7, expected), StreamKey.Create(new Seed(7UL), StreamPurpose.Weights, "schicht-ä.weight"));
    }

    // The hash works on blocks of 64 bytes, of which the last holds at most 55 of the text.
    [Fact]
    public void Is_that_hash_whatever_the_length_of_the_name()
    {
        for (int length = 0; length <= 300; length++)
        {
            string name = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i * 7 % 26))));
            byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes($"weights\0{name}"));
            StreamKey key = StreamKey.Create(new Seed(0UL), StreamPurpose.Weights, name);
            Assert.Equal((length, BitConverter.ToUInt64(digest, 0)), (length, key.Stream));
        }
    }

    [Fact]
    public void Differs_by_purpose_name_case_and_replicate()
    {
        Seed seed = new(1UL);
        StreamKey[] keys =
        [
            StreamKey.Create(seed, StreamPurpose.Weights, "batch"),
            StreamKey.Create(seed, StreamPurpose.Batch, "batch"),
            StreamKey.Create(seed, StreamPurpose.Weights, "Batch"),
            StreamKey.Create(seed, StreamPurpose.Weights.Replicate(1), "batch"),
            StreamKey.Create(seed, StreamPurpose.Weights.Replicate(2), "batch"),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void Of_the_first_replicate_is_that_of_a_single_run() =>
        Assert.Equal(StreamPurpose.Weights, StreamPurpose.Weights.Replicate(0));
}
