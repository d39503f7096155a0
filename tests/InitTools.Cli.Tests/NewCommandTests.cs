using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Xunit;

namespace InitTools.Cli.Tests;

public sealed class NewCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Json_has_the_properties_of_the_tensor()
    {
        JsonElement tensor = CommandRun.Of(
            "new", "--shape", "784x256", "--initializer", "he_normal", "--seed", "-1", "--name", "fc1",
            "--json").Json()[0];

        var expected = WeightTensor.Create(new WeightTensorOptions
        {
            Name = "fc1.weight",
            Shape = new TensorShape(784, 256),
            Initializer = Initializer.Parse("HeNormal"),
            Seed = new Seed(-1L),
        });
        Assert.Equal("fc1.weight", tensor.GetProperty("Name").GetString());
        Assert.Equal("784x256", tensor.GetProperty("Shape").GetString());
        Assert.Equal("HeNormal", tensor.GetProperty("Initializer").GetString());
        Assert.Equal(ulong.MaxValue, tensor.GetProperty("Seed").GetUInt64());
        Assert.Equal(expected.StdDev, tensor.GetProperty("StdDev").GetDouble());
        Assert.Equal(expected.Limit, tensor.GetProperty("Limit").GetDouble());
        Assert.Equal(
            typeof(WeightTensor).GetProperties().Where(p => p.GetIndexParameters().Length == 0).Select(p => p.Name),
            tensor.EnumerateObject().Select(p => p.Name));
    }

    [Theory]
    [InlineData("4x1x3x3", 9, 9, "Grouped", "--groups", "4", "--layout", "OI")]
    [InlineData("4x1x3x3", 9, 36, "PyTorch", "--groups", "4", "--convention", "PyTorch")]
    [InlineData("3x3x8x2", 9, 18, "Depthwise", "--depthwise")]
    [InlineData("3x3x16x8", 72, 144, "Transposed", "--transposed")]
    [InlineData("32x8x16", 32, 128, "Axes", "--input-axis", "0", "--output-axis", "1,2")]
    [InlineData("8x32x64", 32, 64, "Axes", "--batch-axis", "0")]
    public void Fans_are_those_of_the_kernel(string shape, int fanIn, int fanOut, string rule, params string[] options)
    {
        JsonElement tensor = CommandRun.Of(["new", "--shape", shape, "--seed", "1", "--json", .. options]).Json()[0];
        Assert.Equal(fanIn, tensor.GetProperty("FanIn").GetInt32());
        Assert.Equal(fanOut, tensor.GetProperty("FanOut").GetInt32());
        Assert.Equal(rule, tensor.GetProperty("FanRule").GetString());
    }

    [Fact]
    public void A_module_draws_with_the_generator_of_PyTorch()
    {
        IReadOnlyList<Dictionary<string, string>> rows = CommandRun.Of(
            "new", "--module", "Linear(4, 3), ReLU, Linear(3, 2, bias=False)", "--generator", "PyTorch", "--seed", "42",
            "--csv").Csv();

        Assert.Equal(["layer1.weight", "layer1.bias", "layer3.weight"], rows.Select(row => row["Name"]));
        Assert.Equal(["0", "12", "15"], rows.Select(row => row["DrawOffset"]));
        Assert.All(rows, row => Assert.Equal("PyTorch", row["Generator"]));
    }

    [Fact]
    public void Csv_reads_back_to_the_same_figures()
    {
        IReadOnlyList<Dictionary<string, string>> rows = CommandRun.Of(
            "new", "--width", "5,16,32,2", "--bias", "Zeros", "--seed", "7", "--csv").Csv();

        Assert.Equal(
            ["layer1.weight", "layer1.bias", "layer2.weight", "layer2.bias", "layer3.weight", "layer3.bias"],
            rows.Select(row => row["Name"]));
        // Keras's example: 706 parameters with biases, Glorot's limits sqrt(6 / (fan_in + fan_out)).
        Assert.Equal(706, rows.Sum(row => long.Parse(row["Count"], CultureInfo.InvariantCulture)));
        Assert.Equal(
            [Math.Sqrt(6.0 / 21), Math.Sqrt(6.0 / 48), Math.Sqrt(6.0 / 34)],
            rows.Where(row => row["Name"].EndsWith("weight", StringComparison.Ordinal))
                .Select(row => double.Parse(row["Limit"], CultureInfo.InvariantCulture)),
            (x, y) => Math.Abs(x - y) < 1e-15);
        Assert.All(rows, row => Assert.Equal("", row["Activation"]));
    }

    [Theory]
    [InlineData("Float32", "<f4")]
    [InlineData("Float64", "<f8")]
    [InlineData("Float16", "<f2")]
    public void File_holds_the_tensor(string dtype, string descr)
    {
        string path = _directory.PathOf("w.npy");

        CommandRun run = CommandRun.Of(
            "new", "--shape", "3x5", "--initializer", "HeNormal", "--seed", "42", "--dtype", dtype, "--path", path);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var expected = new MemoryStream();
        WeightTensor.Create(new WeightTensorOptions
        {
            Name = "layer1.weight",
            Shape = new TensorShape(3, 5),
            Initializer = Initializer.Parse("HeNormal"),
            Seed = new Seed(42L),
            DType = DTypes.Spellings.Parse(dtype),
        }).WriteTo(expected, new ParallelOptions());
        byte[] bytes = File.ReadAllBytes(path);
        Assert.Contains(
            $"{{'descr': '{descr}', 'fortran_order': False, 'shape': (3, 5), }}",
            Encoding.ASCII.GetString(bytes, 0, 128),
            StringComparison.Ordinal);
        Assert.Equal(expected.ToArray(), bytes[128..]);
    }

    [Fact]
    public void Existing_file_is_replaced_only_with_force()
    {
        string path = _directory.Write("w.npy", "old");
        string[] arguments = ["new", "--shape", "3x5", "--path", path];

        CommandRun refused = CommandRun.Of(arguments);
        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith("inittools: FileExists: ", refused.Error, StringComparison.Ordinal);
        Assert.Equal("", refused.Output);
        Assert.Equal("old", File.ReadAllText(path));

        Assert.Equal(0, CommandRun.Of([.. arguments, "--force"]).ExitCode);
        Assert.Equal(128 + 3 * 5 * sizeof(float), new FileInfo(path).Length);
        Assert.Equal(["w.npy"], _directory.FileNames);
    }

    [Theory]
    [InlineData("UnknownDType", "Float16, Float32 and Float64", "w.npy", "--shape", "3x5", "--dtype", "bfloat16")]
    [InlineData("InvalidFile", "layer1.weight, layer2.weight", "w.npy", "--width", "3,4,5")]
    [InlineData("InvalidFile", "'.txt'", "w.txt", "--shape", "3x5")]
    public void What_does_not_fit_into_a_file_is_refused(
        string errorId,
        string named,
        string file,
        params string[] arguments)
    {
        CommandRun run = CommandRun.Of(["new", .. arguments, "--path", _directory.PathOf(file)]);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"inittools: {errorId}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Empty(_directory.FileNames);
    }

    [Fact]
    public void Shorthand_is_the_expression()
    {
        string[] shape = ["new", "--shape", "8x8", "--seed", "1", "--json", "--initializer"];
        CommandRun expression = CommandRun.Of(
            [.. shape, "VarianceScaling(scale=0.5, mode=fan_out, distribution=uniform)"]);
        CommandRun shorthand = CommandRun.Of(
            [.. shape, "VarianceScaling", "--scale", "0.5", "--mode", "fan_out", "--distribution", "uniform"]);

        Assert.Equal(expression.Json()[0].GetRawText(), shorthand.Json()[0].GetRawText());
    }

    [Theory]
    [InlineData("OI", "--initializer", "kaiming_normal_")]
    [InlineData("IO", "--initializer", "kaiming_normal_", "--layout", "IO")]
    [InlineData("IO", "--initializer", "kaiming_normal")]
    [InlineData("OI", "--initializer", "he_normal", "--convention", "PyTorch")]
    public void Layout_is_the_one_given_then_the_conventions_then_the_spellings(
        string layout,
        params string[] arguments)
    {
        JsonElement tensor = CommandRun.Of(["new", "--shape", "8x4", "--json", .. arguments]).Json()[0];

        Assert.Equal(layout, tensor.GetProperty("Layout").GetString());
    }

    [Fact]
    public void Seed_that_was_not_given_is_drawn_and_reported()
    {
        ulong[] seeds =
        [
            .. Enumerable.Range(0, 2).Select(_ =>
                CommandRun.Of("new", "--shape", "8x4", "--json").Json()[0].GetProperty("Seed").GetUInt64()),
        ];

        Assert.NotEqual(seeds[0], seeds[1]);
        Assert.All(seeds, seed => Assert.True(seed < 1UL << 53));
    }

    [Fact]
    public async Task Interrupted_writing_leaves_nothing_and_exit_code_130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal to send to one process.");
        using Process process = CommandRun.Start(
            "new", "--shape", "100000x100000", "--initializer", "Zeros", "--path", _directory.PathOf("w.npy"));
        while (_directory.FileNames.Length == 0 && !process.HasExited)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        var watch = Stopwatch.StartNew();
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(130, process.ExitCode);
        Assert.Empty(_directory.FileNames);
        // 0.2 s is the promise; the rest is for starting kill and for a busy machine.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"It took {watch.Elapsed}.");
    }
}
