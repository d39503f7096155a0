using Xunit;

namespace InitTools.Cli.Tests;

public sealed class FromFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public FromFileTests() => Assert.Equal(
        0,
        CommandRun.Of(
            "new", "--shape", "2x3", "--initializer", "HeNormal", "--name", "fc1", "--path", Weights).ExitCode);

    private string Weights => _directory.PathOf("it's, (a).npz");

    private string Expression => $"FromFile(\"{Weights}\", fc1.weight)";

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_values_of_a_file_are_written_again()
    {
        string path = _directory.PathOf("again.npz");
        CommandRun run = CommandRun.Of(
            "new", "--shape", "2x3", "--initializer", Expression, "--name", "fc1", "--path", path, "--csv");
        string quoted = Weights.Replace("'", "''", StringComparison.Ordinal);
        Assert.Equal($"FromFile(path='{quoted}', tensor=fc1.weight)", run.Csv()[0]["Initializer"]);
        Assert.Equal(File.ReadAllBytes(Weights), File.ReadAllBytes(path));
    }

    [Fact]
    public void A_map_takes_one()
    {
        IReadOnlyList<Dictionary<string, string>> rows = CommandRun.Of(
            "new", "--width", "2,3,4", "--map", $"layer1.*={Expression}", "--map", "*=HeNormal", "--csv").Csv();
        Assert.StartsWith("FromFile(", rows[0]["Initializer"], StringComparison.Ordinal);
        Assert.Equal("HeNormal", rows[1]["Initializer"]);
    }

    [Fact]
    public void A_list_of_candidates_is_split_outside_quotes()
    {
        IReadOnlyList<Dictionary<string, string>> rows = CommandRun.Of(
            "compare", "--width", "2,3", "--initializer", $"{Expression},HeNormal", "--seed", "1", "--csv").Csv();
        Assert.Equal(["FromFile", "HeNormal"], rows.Select(row => row["Initializer"].Split('(')[0]).Order());
    }

    [Fact]
    public void A_layer_is_measured_with_the_weights_of_a_file() => Assert.StartsWith(
        "FromFile(",
        CommandRun.Of("measure", "--width", "2,3", "--initializer", Expression, "--csv").Csv()[0]["Initializer"],
        StringComparison.Ordinal);

    [Theory]
    [InlineData("ShapeMismatch", "shape 2x3; the tensor's shape is 3x2", "3x2", "fc1.weight")]
    [InlineData("TensorNotFound", "it has 'fc1.weight'", "2x3", "fc2.weight")]
    public void What_does_not_fit_is_one_error(string id, string says, string shape, string tensor)
    {
        CommandRun run = CommandRun.Of(
            "new", "--shape", shape, "--initializer", $"FromFile(\"{Weights}\", {tensor})");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(id, run.Error, StringComparison.Ordinal);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void A_relative_path_begins_in_the_current_directory()
    {
        string path = Path.GetRelativePath(Environment.CurrentDirectory, Weights);
        Assert.Equal(0, CommandRun.Of(
            "new", "--shape", "2x3", "--initializer", $"FromFile(\"{path}\")").ExitCode);
    }

    [Fact]
    public void A_recipe_that_names_a_file_of_the_system_is_refused()
    {
        string path = _directory.Write(
            "m.init.json",
            """
            {"version":1,"seed":1,"layout":"IO","dType":"Float32","tensors":[
            {"name":"w","shape":"2x3","initializer":"FromFile('/etc/passwd')"}]}
            """);
        CommandRun run = CommandRun.Of("import", "--path", path);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("FromFile names '/etc/passwd'", run.Error, StringComparison.Ordinal);
    }
}
