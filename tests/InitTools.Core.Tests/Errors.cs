using Xunit;

namespace InitTools.Core.Tests;

/// <summary>Asserts that a call fails with one clear error.</summary>
internal static class Errors
{
    public static InitToolsException Expect(ErrorId errorId, Action call)
    {
        InitToolsException exception = Assert.Throws<InitToolsException>(call);
        Assert.Equal(errorId, exception.ErrorId);
        return exception;
    }
}
