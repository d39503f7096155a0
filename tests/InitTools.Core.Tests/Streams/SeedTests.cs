using Xunit;

namespace InitTools.Core.Tests.Streams;

public class SeedTests
{
    [Theory]
    [InlineData("0", 0UL)]
    [InlineData("42", 42UL)]
    [InlineData("-1", ulong.MaxValue)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("-9223372036854775808", 1UL << 63)]
    [InlineData("9223372036854775808", 1UL << 63)]
    public void Reads_signed_and_unsigned_numbers_of_64_bits(string text, ulong value)
    {
        Seed seed = Seed.Parse(text);
        Assert.Equal(value, seed.Value);
        Assert.Equal(seed, Seed.Parse(seed.ToString()));
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("1,5")]
    [InlineData("")]
    [InlineData("forty-two")]
    [InlineData("18446744073709551616")]
    [InlineData("-9223372036854775809")]
    public void Refuses_what_is_no_such_number(string text) =>
        Errors.Expect(ErrorId.InvalidSeed, () => Seed.Parse(text));

    [Fact]
    public void Draws_seeds_that_survive_double_precision() =>
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(Seed.Draw().Value, 0UL, (1UL << 53) - 1));
}
