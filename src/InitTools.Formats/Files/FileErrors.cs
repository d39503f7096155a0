using System.Globalization;

namespace InitTools.Formats;

/// <summary>The errors of files that are not what they were taken for, or are not there.</summary>
internal static class FileErrors
{
    /// <summary>The error for what stands somewhere in a file.</summary>
    /// <param name="format">What the file was taken for, such as <c>safetensors file</c>.</param>
    /// <param name="position">The byte.</param>
    /// <param name="problem">What is wrong there.</param>
    public static InvalidDataException Malformed(string format, long position, string problem) => new(string.Create(
        CultureInfo.InvariantCulture, $"Not a {format} that is read here, at byte {position}: {problem}."));

    /// <summary>The error, <see cref="ErrorId.InvalidFile"/>, for a file that the system does not give.</summary>
    /// <param name="path">The file.</param>
    /// <param name="exception">What the system says.</param>
    public static InitToolsException Unreadable(string path, Exception exception)
    {
        string problem = exception is FileNotFoundException or DirectoryNotFoundException
            ? "there is no such file"
            : exception.Message.TrimEnd('.');
        return new InitToolsException(ErrorId.InvalidFile, $"'{path}' cannot be read: {problem}.", path, exception);
    }
}
