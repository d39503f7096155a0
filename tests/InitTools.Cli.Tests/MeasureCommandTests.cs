using System.Text.Json;
using InitTools.Analysis;
using Xunit;

namespace InitTools.Cli.Tests;

public sealed class MeasureCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Lecture_example_has_variance_250()
    {
        const int Units = 20000;
        JsonElement layer = CommandRun.Of(
            "measure", "--width", $"250,{Units}", "--initializer", "RandomNormal(stddev=1)", "--activation", "sigmoid",
            "--input-distribution", "Constant(1)", "--batch-size", "1", "--seed", "1", "--json").Json()[0];

        // z is a sum of 250 weights of N(0,1): a sample variance of normal values has the relative error sqrt(2/n).
        Assert.Equal(250, layer.GetProperty("PreActivationVariance").GetDouble(), 5 * 250 * Math.Sqrt(2.0 / Units));
        // 77.1 % of N(0, 250) make a sigmoid below 0.01 or above 0.99.
        double share = layer.GetProperty("SaturatedFraction").GetDouble();
        Assert.Equal(0.771, share, 5 * Math.Sqrt(0.771 * 0.229 / Units) + 5e-4);
    }

    [Fact]
    public void Json_has_the_figures_of_the_library_to_the_bit()
    {
        JsonElement layers = CommandRun.Of(
            "measure", "--width", "64,32,10", "--initializer", "HeNormal", "--bias", "Zeros", "--activation", "tanh",
            "--data", TestData.Digits, "--exclude-column", "digit", "--batch-size", "100", "--precision", "double",
            "--standardize", "per-column", "--seed", "5", "--json").Json();

        IReadOnlyList<LayerVariance> expected = LayerVarianceMeasurement.Measure(new LayerVarianceOptions
        {
            Layers = LayerTensors.Create(
                Architecture.FromWidths([64, 32, 10], Activation.Parse("tanh")),
                Initializer.Parse("HeNormal"),
                Initializer.Parse("Zeros"),
                new Seed(5L),
                StreamPurpose.Weights),
            Data = Formats.DataFile.Read(
                TestData.Digits, ["digit"], cancellationToken: TestContext.Current.CancellationToken),
            Standardization = Standardization.PerColumn,
            BatchSize = 100,
            Precision = Precision.Double,
            Seed = new Seed(5L),
        });
        Assert.Equal(expected.Count, layers.GetArrayLength());
        for (int i = 0; i < expected.Count; i++)
        {
            foreach (System.Reflection.PropertyInfo property in typeof(LayerVariance).GetProperties())
            {
                JsonElement actual = layers[i].GetProperty(property.Name);
                switch (property.GetValue(expected[i]))
                {
                    case double number:
                        Assert.Equal(
                            BitConverter.DoubleToInt64Bits(number),
                            BitConverter.DoubleToInt64Bits(actual.GetDouble()));
                        break;
                    case null:
                        Assert.Equal(JsonValueKind.Null, actual.ValueKind);
                        break;
                    case string text:
                        Assert.Equal(text, actual.GetString());
                        break;
                    case IConvertible number:
                        Assert.Equal(number.ToInt64(null), actual.GetInt64());
                        break;
                }
            }
        }
    }

    [Theory]
    [InlineData("net.csv", "Kind,Shape,FanIn,FanOut\nInput,3x5x5,,\n,3x3x3x4,,\nFlatten,,,\n,,36,2\n")]
    [InlineData("net.json", """
        [ { "Kind": "Input", "Shape": [3, 5, 5] }, { "Shape": "3x3x3x4" }, { "kind": "flatten" },
          { "FanIn": 36.0, "FanOut": 2 } ]
        """)]
    public void Layers_come_from_a_file(string name, string text)
    {
        string path = _directory.Write(name, text);
        JsonElement layers = CommandRun.Of(
            "measure", "--architecture", path, "--batch-size", "4", "--seed", "1", "--json").Json();
        Assert.Equal(["Convolution", "Flatten", "Dense"], layers.EnumerateArray().Select(Text("Kind")));
        Assert.Equal(["4x3x3", "36", "2"], layers.EnumerateArray().Select(Text("OutputShape")));

        JsonElement best = CommandRun.Of(
            "compare", "--architecture", path, "--initializer", "HeNormal,Zeros", "--batch-size", "4", "--seed", "1",
            "--json").Json()[0];
        Assert.Equal("HeNormal", best.GetProperty("Initializer").GetString());

        static Func<JsonElement, string?> Text(string property) => layer => layer.GetProperty(property).GetString();
    }

    [Theory]
    [InlineData("InvalidFile", "line 1", "[ {")]
    [InlineData("InvalidFile", "Object", "{}")]
    [InlineData("InvalidFile", "twice", """[ { "FanIn": 3, "fanin": 4 } ]""")]
    [InlineData("EmptyBatch", "no layers", "[]")]
    [InlineData("ColumnNotFound", "'FanIn'", """[ { "FanInn": 3 } ]""")]
    [InlineData("InvalidArgument", "'3.5'", """[ { "FanIn": 3.5, "FanOut": 2 } ]""")]
    public void A_file_that_has_no_layers_is_one_line(string errorId, string named, string text)
    {
        CommandRun run = CommandRun.Of("measure", "--architecture", _directory.Write("net.json", text));
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(errorId, run.Error, StringComparison.Ordinal);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Output_gradient_comes_from_a_file()
    {
        string gradient = _directory.Write("gradient.csv", "1,0\n0,0\n0,0\n");
        string data = _directory.Write("data.csv", "a,b\n1,2\n3,4\n-1,0\n");

        JsonElement layer = CommandRun.Of(
            "measure", "--width", "2,2", "--initializer", "Constant(1)", "--activation", "linear", "--data", data,
            "--output-gradient", gradient, "--json").Json()[0];

        // dL/dz is 1 in one of six entries: the population variance is 1/6 - 1/36.
        Assert.Equal(5.0 / 36, layer.GetProperty("GradientVariance").GetDouble(), 1e-6);
    }

    [Fact]
    public void Table_fits_and_gives_the_reason()
    {
        CommandRun run = CommandRun.Of(
            "measure", "--width", string.Join(',', Enumerable.Repeat(32, 11)), "--activation", "relu",
            "--initializer", "RandomNormal(stddev=1)", "--seed", "1");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.All(run.Lines, line => Assert.True(line.Length <= 120, line));
        Assert.Equal(10, run.Lines.Count(line => line.EndsWith("Exploding", StringComparison.Ordinal)));
        Assert.Contains("Reasons", run.Lines);
    }

    [Fact]
    public void No_figure_is_cut_where_the_terminal_is_narrow()
    {
        string[] arguments = ["measure", "--width", "16,16,16", "--activation", "tanh", "--seed", "1"];
        string[] figures =
        [
            .. CommandRun.Of([.. arguments, "--json"]).Json().EnumerateArray()
                .Select(layer => layer.GetProperty("PreActivationSecondMoment").GetDouble())
                .Select(figure => figure.ToString("G4", System.Globalization.CultureInfo.CurrentCulture)),
        ];
        foreach (int width in (int[])[120, 80, 40, 30])
        {
            using var output = new StringWriter();
            CommandLine.Run(
                arguments,
                new CommandEnvironment { Output = output, Error = TextWriter.Null, Width = width });

            string[] lines = output.ToString().Split(Environment.NewLine);
            Assert.All(lines, line => Assert.True(line.Length <= width, line));
            Assert.All(
                figures,
                figure => Assert.Contains(lines, line => line.Contains(figure, StringComparison.Ordinal)));
        }
    }
}
