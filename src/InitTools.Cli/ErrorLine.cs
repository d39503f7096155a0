namespace InitTools.Cli;

/// <summary>What stands on the standard error stream for bad input: one line, with the error's stable name.</summary>
internal static class ErrorLine
{
    /// <summary>The error's name and message.</summary>
    public static string Of(InitToolsException exception) => $"{exception.ErrorId}: {exception.Message}";

    /// <summary>
    /// Whether a message begins with the error's name, as <see cref="Of(InitToolsException)"/> makes it.
    /// </summary>
    public static bool HasErrorId(string message) =>
        message.Split(": ", 2) is [string name, _] && Enum.GetNames<ErrorId>().Contains(name);

    /// <summary>
    /// A malformed file, which readers report by the offset, under the name that the cmdlets give it.
    /// </summary>
    public static string Of(InvalidDataException exception) => $"{ErrorId.InvalidFile}: {exception.Message}";

    /// <summary>A whole line: line breaks within, as in a quoted cell, become blanks.</summary>
    public static string Format(string message) => $"inittools: {message.ReplaceLineEndings(" ")}";
}
