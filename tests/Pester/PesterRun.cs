using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace InitTools.Pester.Tests;

/// <summary>Pester suites run in a child process of real PowerShell.</summary>
internal static class PesterRun
{
    private static readonly TimeSpan s_timeLimit = TimeSpan.FromMinutes(5);

    private static readonly Version s_minimumVersion = new(7, 6);

    private static readonly string[] s_toolArguments = ["tool", "run", "pwsh", "--"];

    private static readonly Lazy<(string FileName, string[] Arguments)?> s_powerShell = new(FindPowerShell);

    /// <summary>The manifest of the Pester that this project's restore brought.</summary>
    private static readonly string s_pester = typeof(PesterRun).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "PesterModule").Value!;

    /// <summary>The folder of this project's sources.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryRoot(), "tests", "Pester");

    /// <summary>
    /// One result per test of the suites, or the reason why none could run: there is no PowerShell 7.6.
    /// </summary>
    public static (IReadOnlyList<PesterResult> Results, string? MissingReason) Invoke(IReadOnlyList<string> suites)
    {
        if (s_powerShell.Value is not (string fileName, string[] arguments))
        {
            return ([], $"pwsh {s_minimumVersion} is not on PATH, and dotnet tool restore did not bring it.");
        }

        string resultPath = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.json");
        string script = Path.Combine(Folder, "Invoke-PesterSuite.ps1");
        try
        {
            (int exitCode, string output) = Execute(
                fileName,
                [
                    .. arguments, "-NoProfile", "-NonInteractive", "-File", script, "-Pester", s_pester,
                    "-ResultPath", resultPath, .. suites,
                ],
                s_timeLimit);
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
    /// A pwsh new enough for the module: the one on PATH, or else the one that <c>dotnet tool restore</c> brings.
    /// </summary>
    private static (string FileName, string[] Arguments)? FindPowerShell() =>
        IsNewEnough("pwsh", []) ? ("pwsh", [])
        : Output("dotnet", ["tool", "restore"]) is not null && IsNewEnough("dotnet", s_toolArguments)
            ? ("dotnet", s_toolArguments)
            : null;

    private static bool IsNewEnough(string fileName, string[] arguments) =>
        Version.TryParse(Output(fileName, [.. arguments, "-Version"])?.Replace("PowerShell ", ""), out Version? found)
        && found >= s_minimumVersion;

    /// <summary>What a program prints, or null where there is no such program or it fails.</summary>
    private static string? Output(string fileName, string[] arguments)
    {
        try
        {
            (int exitCode, string output) = Execute(fileName, arguments, TimeSpan.FromMinutes(2));
            return exitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
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
