using System.Collections.ObjectModel;
using System.Management.Automation;
using DriveNotFoundException = System.Management.Automation.DriveNotFoundException;

namespace InitTools.PowerShell.Binding;

/// <summary>Paths of scripts (drives of PowerShell, ~, relative to Get-Location) as paths of the file system.</summary>
internal static class ProviderPath
{
    private const string FileSystem = "FileSystem";

    /// <summary>The one existing file that a path, with or without wildcards, stands for.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidFile"/>: no file, several, or a path of another provider than the file system.
    /// </exception>
    public static string OfExistingFile(PSCmdlet cmdlet, string path)
    {
        IReadOnlyList<string> found = OfExistingFiles(cmdlet, path);
        return found.Count == 1
            ? found[0]
            : throw new InitToolsException(
                ErrorId.InvalidFile,
                $"'{path}' stands for {found.Count} files; the path of one is needed.",
                path);
    }

    /// <summary>The existing files, one or more, that a path, with or without wildcards, stands for.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidFile"/>: none, or a path of another provider than the file system.
    /// </exception>
    public static IReadOnlyList<string> OfExistingFiles(PSCmdlet cmdlet, string path)
    {
        // A name with brackets is itself before it is a pattern.
        string literal = OfFile(cmdlet, path);
        if (File.Exists(literal))
        {
            return [literal];
        }

        try
        {
            Collection<string> found = cmdlet.GetResolvedProviderPathFromPSPath(path, out ProviderInfo _);
            return found.Count > 0 ? found : throw new ItemNotFoundException();
        }
        catch (ItemNotFoundException exception)
        {
            throw new InitToolsException(
                ErrorId.InvalidFile,
                $"'{path}' cannot be read: there is no such file.",
                path,
                exception);
        }
    }

    /// <summary>The file, there or not, that a path without wildcards stands for.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidFile"/>: no such drive, or a path of another provider than the file system.
    /// </exception>
    public static string OfFile(PSCmdlet cmdlet, string path)
    {
        try
        {
            string resolved = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(
                path,
                out ProviderInfo provider,
                out PSDriveInfo _);
            return provider.Name == FileSystem
                ? resolved
                : throw new InitToolsException(
                    ErrorId.InvalidFile,
                    $"'{path}' is a path of the provider {provider.Name}; files are those of the {FileSystem}.",
                    path);
        }
        catch (Exception exception) when (exception is DriveNotFoundException or ProviderNotFoundException)
        {
            throw new InitToolsException(ErrorId.InvalidFile, exception.Message, path, exception);
        }
    }
}
