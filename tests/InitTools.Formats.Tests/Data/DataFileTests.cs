using Xunit;

namespace InitTools.Formats.Tests.Data;

public class DataFileTests
{
    [Theory]
    [InlineData("absent.csv", "no such file")]
    [InlineData("digits.txt", "'.txt'")]
    [InlineData("digits", "''")]
    public void File_that_is_not_read_is_named(string name, string problem)
    {
        InitToolsException error = Assert.Throws<InitToolsException>(
            () => DataFile.Read(TestData.PathOf(name), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(ErrorId.InvalidFile, error.ErrorId);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_of_a_matrix_can_be_excluded()
    {
        DataSet data = DataFile.Read(
            TestData.PathOf("npy/float64-c-v2.npy"),
            ["column2"],
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([1, 3, 0.1, -0.0], data.Values.ToArray());
    }

    [Fact]
    public void Reading_stops_when_cancelled() => Assert.Throws<OperationCanceledException>(
        () => DataFile.Read(TestData.PathOf("digits.csv"), cancellationToken: new CancellationToken(canceled: true)));
}
