using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using Xunit;

namespace InitTools.Cli.Tests;

/// <summary>The command line as a .NET tool: packed, installed from the folder it was packed to, and run.</summary>
public sealed class ToolPackageTests : IDisposable
{
    private const string Configuration =
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    private readonly string _folder = Directory.CreateTempSubdirectory("inittools-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Packed_and_installed_it_does_the_three_jobs()
    {
        string packages = Path.Combine(_folder, "packages");
        string tools = Path.Combine(_folder, "tools");
        string project = Path.Combine(RepositoryRoot(), "src", "InitTools.Cli");
        Run("dotnet", "pack", project, "--no-build", "--configuration", Configuration, "--output", packages);
        string package = Assert.Single(Directory.GetFiles(packages, "*.nupkg"));
        RequireLicences(package);
        File.WriteAllText(
            Path.Combine(_folder, "NuGet.config"),
            $"<configuration><packageSources><clear /><add key=\"local\" value=\"{packages}\" /></packageSources></configuration>");
        Run(
            "dotnet", "tool", "install", "InitTools.Cli", "--tool-path", tools, "--configfile",
            Path.Combine(_folder, "NuGet.config"));

        string inittools = Path.Combine(tools, OperatingSystem.IsWindows() ? "inittools.exe" : "inittools");
        Version version = typeof(CommandLine).Assembly.GetName().Version!;
        Assert.Equal(version.ToString(fieldCount: 3), Run(inittools, "--version").Trim());
        Assert.Contains("HeNormal", Run(inittools, "new", "--shape", "784,256", "--initializer", "he_normal"));
        Assert.Contains("Healthy", Run(inittools, "measure", "--width", "64,64,10", "--initializer", "HeNormal"));
        Assert.Contains(
            "HeNormal", Run(
                inittools, "compare", "--width", "64,64,10", "--initializer", "HeNormal", "--seed-count", "1"));
    }

    private static void RequireLicences(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        Assert.NotNull(archive.GetEntry("LICENSE"));
        using StreamReader reader = new(archive.GetEntry("THIRD-PARTY-NOTICES.txt")!.Open());
        string notices = reader.ReadToEnd();
        string[] others =
        [
            .. archive.Entries.Select(entry => entry.Name)
                .Where(name => name.EndsWith(".dll", StringComparison.Ordinal))
                .Where(name => !name.StartsWith("inittools", StringComparison.OrdinalIgnoreCase)),
        ];
        Assert.NotEmpty(others);
        Assert.All(others, name => Assert.Contains($"({name}", notices, StringComparison.Ordinal));
    }

    private string Run(string fileName, params string[] arguments)
    {
        var start = new ProcessStartInfo(fileName, arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The package is unpacked there, and not among the user's.
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_folder, "unpacked");
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{fileName} {string.Join(' ', arguments)}: {output}{error.Result}");
        return output;
    }

    private static string RepositoryRoot()
    {
        string? folder = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location);
        while (folder is not null && !File.Exists(Path.Combine(folder, "InitTools.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("No folder above the tests has InitTools.sln.");
    }
}
