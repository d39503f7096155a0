using Xunit;

namespace InitTools.Cli.Tests;

public sealed class ImportCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_file_is_listed_and_written_to_another_format_and_layout()
    {
        string file = MakeStack();
        Assert.Equal(
            ["layer1.weight", "layer1.bias", "layer2.weight", "layer2.bias"],
            CommandRun.Of("import", "--path", file, "--csv").Csv().Select(row => row["Name"]));

        string turned = _directory.PathOf("torch.safetensors");
        Assert.Equal(0, CommandRun.Of("import", "--path", file, "--to", turned, "--to-layout", "OI").ExitCode);
        Assert.Equal(
            [("6x5", "OI"), ("4x6", "OI")],
            CommandRun.Of("import", "--path", turned, "--name", "*.weight", "--csv").Csv()
                .Select(row => (row["Shape"], row["Layout"])));
    }

    [Fact]
    public void A_model_of_another_framework_is_listed_and_measured()
    {
        string model = TestData.PathOf("onnx/dense.onnx");

        Assert.Equal(
            [("0.weight", "4x3", "OI"), ("0.bias", "4", "OI"), ("2.weight", "2x4", "OI"), ("2.bias", "2", "OI")],
            CommandRun.Of("import", "--path", model, "--csv").Csv()
                .Select(row => (row["Name"], row["Shape"], row["Layout"])));
        Assert.Equal(
            ["0", "2"],
            CommandRun.Of("measure", "--path", model, "--activation", "relu", "--seed", "1", "--csv").Csv()
                .Select(row => row["Name"]));
    }

    [Fact]
    public void Measured_weights_of_a_file_are_those_that_were_drawn()
    {
        string file = MakeStack();
        string[] common = ["--activation", "tanh", "--seed", "3", "--csv"];
        IReadOnlyList<Dictionary<string, string>> drawn = CommandRun.Of(
            ["measure", "--width", "5,6,4", "--initializer", "HeNormal", "--bias", "Zeros", .. common]).Csv();
        string page = _directory.PathOf("page.html");
        IReadOnlyList<Dictionary<string, string>> read =
            CommandRun.Of(["measure", "--path", file, "--report", page, .. common]).Csv();

        Assert.Equal(drawn.Select(row => row["GradientVariance"]), read.Select(row => row["GradientVariance"]));
        Assert.Matches("Import-InitWeights -Path .+ \\| Measure-LayerVariance -Activation", File.ReadAllText(page));
    }

    [Fact]
    public void New_weights_are_like_those_of_a_file()
    {
        string file = MakeStack();
        Assert.Equal(
            [("layer1.weight", "5x6", "HeUniform"), ("layer1.bias", "6", "Ones"),
                ("layer2.weight", "6x4", "HeUniform"), ("layer2.bias", "4", "Ones")],
            CommandRun.Of("new", "--like", file, "--map", "*.bias=Ones", "--map", "*=HeUniform", "--csv").Csv()
                .Select(row => (row["Name"], row["Shape"], row["Initializer"])));
    }

    [Fact]
    public void A_recipe_makes_the_file()
    {
        string[] stack = ["new", "--width", "5,6,4", "--initializer", "HeNormal", "--bias", "Zeros", "--seed", "3"];
        string recipe = _directory.PathOf("w.init.json");
        string made = _directory.PathOf("made.safetensors");
        Assert.Equal(0, CommandRun.Of([.. stack, "--path", recipe]).ExitCode);
        Assert.Equal(0, CommandRun.Of("import", "--path", recipe, "--to", made).ExitCode);

        Assert.Equal(File.ReadAllBytes(MakeStack()), File.ReadAllBytes(made));
    }

    [Theory]
    [InlineData("--path", "measure", "--activation", "relu")]
    [InlineData("--initializer", "measure", "--path", "*", "--initializer", "HeNormal")]
    [InlineData("--width", "measure", "--path", "*", "--width", "5,6,4")]
    [InlineData("--path", "measure", "--width", "5,6,4", "--name", "a")]
    [InlineData("--to", "import", "--path", "*", "--force")]
    [InlineData("--path", "import")]
    public void Options_that_exclude_one_another_are_refused(string named, params string[] arguments)
    {
        string file = MakeStack();
        CommandRun run = CommandRun.Of([.. arguments.Select(argument => argument == "*" ? file : argument)]);

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("ParameterConflict", run.Error);
        Assert.Contains(named, run.Error);
    }

    private string MakeStack()
    {
        string path = _directory.PathOf("w.safetensors");
        Assert.Equal(
            0,
            CommandRun.Of(
                "new", "--width", "5,6,4", "--initializer", "HeNormal", "--bias", "Zeros", "--seed", "3",
                "--path", path).ExitCode);
        return path;
    }
}
