using Xunit;

namespace InitTools.Formats.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void New_file_has_the_content_and_leaves_no_sibling()
    {
        AtomicFile.Write(_directory.PathOf("a.bin"), force: false, stream => stream.Write([1, 2, 3]), Token);

        Assert.Equal([1, 2, 3], File.ReadAllBytes(_directory.PathOf("a.bin")));
        Assert.Equal(["a.bin"], _directory.FileNames);
    }

    [Fact]
    public void Existing_file_stays_without_force()
    {
        string path = _directory.PathOf("a.bin");
        File.WriteAllBytes(path, [9]);

        InitToolsException error = Assert.Throws<InitToolsException>(
            () => AtomicFile.Write(path, force: false, stream => stream.Write([1]), Token));

        Assert.Equal(ErrorId.FileExists, error.ErrorId);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal([9], File.ReadAllBytes(path));
    }

    [Fact]
    public void Nothing_changes_where_the_wait_for_the_disk_is_cancelled()
    {
        string path = _directory.PathOf("a.bin");
        File.WriteAllBytes(path, [9]);
        using CancellationTokenSource source = new();

        void Write() => AtomicFile.Write(path, force: true, stream =>
        {
            stream.Write(new byte[1 << 26]);
            source.Cancel();
        }, source.Token);

        Assert.ThrowsAny<OperationCanceledException>(Write);
        Assert.Equal(["a.bin"], _directory.FileNames);
        Assert.Equal([9], File.ReadAllBytes(path));
    }

    [Fact]
    public void Existing_file_is_replaced_with_force()
    {
        string path = _directory.PathOf("a.bin");
        File.WriteAllBytes(path, [9, 9, 9]);

        AtomicFile.Write(path, force: true, stream => stream.Write([1]), Token);

        Assert.Equal([1], File.ReadAllBytes(path));
        Assert.Equal(["a.bin"], _directory.FileNames);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Failure_half_way_changes_nothing(bool exists)
    {
        string path = _directory.PathOf("a.bin");
        if (exists)
        {
            File.WriteAllBytes(path, [9]);
        }

        Assert.Throws<OperationCanceledException>(() => AtomicFile.Write(path, force: true, stream =>
        {
            stream.Write(new byte[1 << 20]);
            throw new OperationCanceledException();
        }, Token));

        Assert.Equal(exists ? ["a.bin"] : [], _directory.FileNames);
        Assert.Equal(exists ? [9] : null, exists ? File.ReadAllBytes(path) : null);
    }

    [Fact]
    public void File_that_appears_meanwhile_is_not_replaced()
    {
        string path = _directory.PathOf("a.bin");

        void Write() => AtomicFile.Write(path, force: false, stream =>
        {
            stream.Write([1]);
            File.WriteAllBytes(path, [9]);
        }, Token);
        InitToolsException error = Assert.Throws<InitToolsException>(Write);

        Assert.Equal(ErrorId.FileExists, error.ErrorId);
        Assert.Equal([9], File.ReadAllBytes(path));
        Assert.Equal(["a.bin"], _directory.FileNames);
    }

    [Fact]
    public void Old_file_is_whole_while_the_new_one_is_written()
    {
        string path = _directory.PathOf("a.bin");
        File.WriteAllBytes(path, [9]);

        AtomicFile.Write(path, force: true, stream =>
        {
            stream.Write(new byte[1 << 20]);
            stream.Flush();
            Assert.Equal([9], File.ReadAllBytes(path));
        }, Token);

        Assert.Equal(1 << 20, new FileInfo(path).Length);
    }

    [Theory]
    [InlineData("nowhere/a.bin", "does not exist")]
    [InlineData(".", "is a directory")]
    public void Place_that_takes_no_file_is_named(string name, string problem)
    {
        InitToolsException error = Assert.Throws<InitToolsException>(
            () => AtomicFile.Write(_directory.PathOf(name), force: true, stream => stream.Write([1]), Token));

        Assert.Equal(ErrorId.InvalidFile, error.ErrorId);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Symbolic_link_stays_and_its_target_is_replaced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making symbolic links takes a privilege on Windows.");
        string target = _directory.PathOf("target.bin");
        string link = _directory.PathOf("link.bin");
        File.WriteAllBytes(target, [9]);
        File.CreateSymbolicLink(link, target);

        AtomicFile.Write(link, force: true, stream => stream.Write([1]), Token);

        Assert.Equal(target, File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName);
        Assert.Equal([1], File.ReadAllBytes(target));
    }
}
