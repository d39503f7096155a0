using InitTools.Kernels;
using Xunit;

namespace InitTools.Core.Tests.Reproducibility;

/// <summary>The generator's published answers, and which of its words make which element.</summary>
public class WordLayoutTests
{
    [Theory]
    [InlineData(0UL, 0UL, 0UL, new[] { 1713891541U, 3781805453U, 3159862348U, 2600524760U })]
    [InlineData(
        ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, new[] { 1083123565U, 1103641358U, 2718681030U, 1834242557U })]
    [InlineData(
        2242054355UL << 32 | 608135816UL,
        57701188UL << 32 | 320440878UL,
        698298832UL << 32 | 2752067618UL,
        new[] { 3513581065U, 2499661035U, 1342301216U, 605187745U })]
    public void Philox_gives_the_known_answers(ulong counter, ulong stream, ulong seed, uint[] words)
    {
        (uint word0, uint word1, uint word2, uint word3) = Philox4x32.Block(counter, new StreamKey(seed, stream));
        Assert.Equal(words, new[] { word0, word1, word2, word3 });
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(1000L)]
    [InlineData((1L << 34) - 50)]
    [InlineData(long.MaxValue - 300)]
    public void Float32_element_i_takes_the_word_that_the_specification_names(long offset)
    {
        var key = new StreamKey(17, 1UL << 63 | 5);
        float[] values = new float[300];
        RandomFill.Uniform(values.AsSpan(), key, offset, 0, 1);
        for (int j = 0; j < values.Length; j++)
        {
            long i = offset + j;
            int e = (int)(i % 64);
            uint word = Word((ulong)(16 * (i / 64)) + (ulong)(e % 16), key, e / 16);
            Assert.Equal((word >> 8) * (1.0f / (1 << 24)), values[j]);
        }
    }

    [Theory]
    [InlineData(0L)]
    [InlineData((1L << 33) - 50)]
    public void Float64_element_i_takes_the_two_words_that_the_specification_names(long offset)
    {
        var key = new StreamKey(17, 1UL << 63 | 5);
        double[] values = new double[300];
        RandomFill.Uniform(values.AsSpan(), key, offset, 0, 1);
        for (int j = 0; j < values.Length; j++)
        {
            long i = offset + j;
            int e = (int)(i % 32);
            ulong counter = (ulong)(16 * (i / 32)) + (ulong)(e % 16);
            ulong bits = (ulong)Word(counter, key, (2 * (e / 16)) + 1) << 32 | Word(counter, key, 2 * (e / 16));
            Assert.Equal((bits >> 11) * (1.0 / (1L << 53)), values[j]);
        }
    }

    private static uint Word(ulong counter, StreamKey key, int index)
    {
        (uint word0, uint word1, uint word2, uint word3) = Philox4x32.Block(counter, key);
        return index switch { 0 => word0, 1 => word1, 2 => word2, _ => word3 };
    }
}
