using Xunit;

namespace InitTools.Cli.Tests;

public class WorkProgressTests
{
    [Theory]
    [InlineData(true, 0, false)]
    [InlineData(true, 5000, true)]
    [InlineData(false, 1600, false)]
    public void Progress_shows_after_a_second_where_the_error_stream_is_a_terminal(
        bool isTerminal,
        int milliseconds,
        bool isShown)
    {
        using var error = new StringWriter();
        var environment = new CommandEnvironment
        {
            Output = TextWriter.Null,
            Error = error,
            ShowsProgress = isTerminal,
        };

        int result = WorkProgress.Run(environment, "Counting", progress =>
        {
            progress?.Report(0.25);
            Thread.Sleep(milliseconds);
            return 42;
        });

        Assert.Equal(42, result);
        Assert.Equal(isShown, error.ToString().Contains("Counting", StringComparison.Ordinal));
    }

    [Fact]
    public void Errors_of_the_work_come_through()
    {
        var environment = new CommandEnvironment
        {
            Output = TextWriter.Null,
            Error = TextWriter.Null,
            ShowsProgress = true,
        };

        Assert.Throws<InvalidDataException>(() =>
            WorkProgress.Run<int>(environment, "Counting", _ => throw new InvalidDataException("broken")));
    }
}
