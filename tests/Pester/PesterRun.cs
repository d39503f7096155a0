using System.Diagnostics;
using System.Text.Json;

namespace InitTools.Pester.Tests;

/// <summary>Pester suites run in a child process of real PowerShell.</summary>
internal static class PesterRun
{
    private const int ExitCodeWithoutPester = 3;

    private static readonly TimeSpan s_timeLimit = TimeSpan.FromMinutes(5);

    private static readonly Version s_minimumVersion = new(7, 6);

    private static readonly Lazy<(string FileName, string[] Arguments)?> s_powerShell = new(FindPowerShell);

    /// <summary>The folder of this project's sources.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryRoot(), "tests", "Pester");

    /// <summary>
    /// One result per test of the suites, or the reason why none could run: PowerShell 7.6 or Pester 5 is missing.
    /// </summary>
    public static (IReadOnlyList<PesterResult> Results, string? MissingReason) Invoke(IReadOnlyList<string> suites)
    {
        if (s_powerShell.Value is not (string fileName, string[] arguments))
        {
            return ([], $"pwsh {s_minimumVersion} was found neither on PATH nor among the restored dotnet tools.");
        }

        string resultPath = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.json");
        string script = Path.Combine(Folder, "Invoke-PesterSuite.ps1");
        try
        {
            (int exitCode, string output) = Execute(
                fileName,
                [.. arguments, "-NoProfile", "-NonInteractive", "-File", script, "-ResultPath", resultPath, .. suites],
                s_timeLimit);
            if (exitCode == ExitCodeWithoutPester)
            {
                return ([], "Pester 5 is not installed for the pwsh that was found.");
            }

            return exitCode == 0 && File.Exists(resultPath)
                ? (JsonSerializer.Deserialize<PesterResult[]>(File.ReadAllText(resultPath))!, null)
                : ([new PesterResult("Pester", "run", "Failed", $"pwsh ended with {exitCode}: {output}")], null);
        }
        finally
        {
            File.Delete(resultPath);
        }
    }

    /// <summary>
    /// A pwsh new enough for the module: on PATH, or else the one that <c>dotnet tool restore</c> brought.
    /// </summary>
    private static (string FileName, string[] Arguments)? FindPowerShell()
    {
        (string FileName, string[] Arguments)[] candidates = [("pwsh", []), ("dotnet", ["tool", "run", "pwsh", "--"])];
        foreach ((string fileName, string[] arguments) in candidates)
        {
            try
            {
                (int exitCode, string output) =
                    Execute(fileName, [.. arguments, "-Version"], TimeSpan.FromMinutes(1));
                if (exitCode == 0
                    && Version.TryParse(output.Replace("PowerShell ", "", StringComparison.Ordinal), out Version? found)
                    && found >= s_minimumVersion)
                {
                    return (fileName, arguments);
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // No such program; the next candidate may be there.
            }
        }

        return null;
    }

    private static (int ExitCode, string Output) Execute(string fileName, string[] arguments, TimeSpan timeLimit)
    {
        var start = new ProcessStartInfo(fileName, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(timeLimit))
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"no end within {timeLimit.TotalMinutes} minutes");
        }

        return (process.ExitCode, output.Result + error.Result);
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "InitTools.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests has InitTools.sln.");
    }
}
