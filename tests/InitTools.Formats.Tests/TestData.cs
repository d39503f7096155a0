namespace InitTools.Formats.Tests;

/// <summary>Files of tests/data, and directories that vanish.</summary>
internal static class TestData
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "data", name);

    public static byte[] BytesOf(string name) => File.ReadAllBytes(PathOf(name));
}

internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("inittools-tests-");

    public string[] FileNames => [.. _directory.GetFiles().Select(file => file.Name)];

    public string PathOf(string name) => Path.Combine(_directory.FullName, name);

    public void Dispose() => _directory.Delete(recursive: true);
}
