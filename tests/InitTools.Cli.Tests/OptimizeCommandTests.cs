using Xunit;

namespace InitTools.Cli.Tests;

public sealed class OptimizeCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Weights_of_a_file_come_out_with_unit_variance()
    {
        string file = MakeStack("RandomNormal(stddev=3)");
        string done = _directory.PathOf("done.safetensors");
        string[] batch =
            ["--activation", "gelu", "--data", TestData.Digits, "--exclude-column", "digit", "--seed", "1"];

        Assert.Equal(
            [("layer1.weight", true), ("layer1.bias", false), ("layer2.weight", true), ("layer2.bias", false)],
            CommandRun.Of(["optimize", "--path", file, "--to", done, .. batch, "--csv"]).Csv()
                .Select(row => (row["Name"], row["Initializer"].StartsWith("LSUV(", StringComparison.Ordinal))));
        Assert.All(
            CommandRun.Of(["measure", "--path", done, .. batch, "--csv"]).Csv(),
            row => Assert.Equal(1, Math.Sqrt(ParseNumber(row["PreActivationVariance"])), 1e-3));
    }

    [Fact]
    public void Convolutions_of_a_checkpoint_come_out_with_unit_variance()
    {
        string PathOf(string file) => TestData.PathOf(Path.Combine("networks", file));
        string done = _directory.PathOf("done.npz");
        string[] network = ["--architecture", PathOf("lenet.csv"), "--layout", "OI"];
        string[] batch = ["--data", PathOf("lenet-batch.npy"), "--seed", "1"];

        CommandRun run = CommandRun.Of(
            ["optimize", "--path", PathOf("lenet.npz"), "--to", done, .. network, .. batch, "--csv"]);
        Assert.Equal(
            [
                "conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias", "fc1.weight", "fc1.bias", "fc2.weight",
                "fc2.bias",
            ],
            run.Csv().Select(row => row["Name"]));
        Assert.All(
            CommandRun.Of(["measure", "--path", done, .. network, .. batch, "--csv"]).Csv()
                .Where(row => row["FanIn"].Length > 0),
            row => Assert.Equal(1, Math.Sqrt(ParseNumber(row["PreActivationVariance"])), 1e-3));
    }

    [Fact]
    public void Kernels_need_the_shape_of_an_example()
    {
        string file = _directory.PathOf("w.npz");
        Assert.Equal(
            0, CommandRun.Of("new", "--shape", "3x3x2x4", "--name", "conv", "--seed", "1", "--path", file).ExitCode);
        string[] optimize = ["optimize", "--path", file, "--seed", "1", "--csv"];

        Assert.Contains("InvalidShape", CommandRun.Of(optimize).Error, StringComparison.Ordinal);
        Assert.StartsWith(
            "LSUV(",
            Assert.Single(CommandRun.Of([.. optimize, "--input-shape", "2x5x5"]).Csv())["Initializer"],
            StringComparison.Ordinal);
    }

    [Fact]
    public void Orthonormal_weights_replace_those_of_the_file()
    {
        string done = _directory.PathOf("done.safetensors");
        string[] optimize = ["optimize", "--path", MakeStack("Zeros"), "--orthonormal", "--seed", "1"];
        Assert.Equal(
            ["LSUV(initializer=Orthogonal", ""],
            CommandRun.Of([.. optimize, "--name", "layer1*", "--csv"]).Csv()
                .Select(row => row["Initializer"].Split(',')[0]));

        Assert.Equal(0, CommandRun.Of([.. optimize, "--to", done, "--to-layout", "OI"]).ExitCode);
        Assert.Equal("6x64", CommandRun.Of("import", "--path", done, "--csv").Csv()[0]["Shape"]);
    }

    [Theory]
    [InlineData("UnitVarianceOutOfReach", "layer1", "--seed", "1")]
    [InlineData("InvalidArgument", "tolerance", "--tolerance", "0")]
    [InlineData("ParameterConflict", "--to", "--force")]
    [InlineData("ParameterConflict", "--data", "--standardize", "None")]
    public void What_cannot_be_done_is_said(string id, string mentions, params string[] arguments)
    {
        CommandRun run = CommandRun.Of(["optimize", "--path", MakeStack("Zeros"), .. arguments]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(id, run.Error, StringComparison.Ordinal);
        Assert.Contains(mentions, run.Error, StringComparison.Ordinal);
    }

    private static double ParseNumber(string text) =>
        double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private string MakeStack(string initializer)
    {
        string path = _directory.PathOf("w.safetensors");
        Assert.Equal(
            0,
            CommandRun.Of(
                "new", "--width", "64,6,4", "--initializer", initializer, "--bias", "Zeros", "--seed", "3",
                "--path", path).ExitCode);
        return path;
    }
}
