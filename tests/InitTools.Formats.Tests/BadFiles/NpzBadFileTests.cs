using Xunit;

namespace InitTools.Formats.Tests.BadFiles;

public class NpzBadFileTests
{
    private const string Extension = ".npz";

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
        [TestData.BytesOf("npy/stored.npz"), TestData.BytesOf("npy/deflated.npz")],
        ["PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "PK\u0006\u0006", ".npy", "../", "\u0001\0", "\u0008\0"],
        count);
}
