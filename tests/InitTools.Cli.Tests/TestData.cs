namespace InitTools.Cli.Tests;

/// <summary>Files of tests/data, and directories that vanish.</summary>
internal static class TestData
{
    public static string Digits => PathOf("digits.csv");

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "data", name);
}

internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("inittools-tests-");

    public string[] FileNames => [.. _directory.GetFiles().Select(file => file.Name)];

    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    public string Write(string name, string content)
    {
        File.WriteAllText(PathOf(name), content);
        return PathOf(name);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
