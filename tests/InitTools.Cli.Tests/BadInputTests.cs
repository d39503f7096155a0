using Xunit;

namespace InitTools.Cli.Tests;

/// <summary>
/// Bad input leaves exit code 2, one line on the error stream with the error's stable name, and no output.
/// </summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("InvalidShape", "3x-4", "new", "--shape", "3x-4")]
    [InlineData("InvalidShape", "0x5", "new", "--shape", "0x5")]
    [InlineData("InvalidShape", "'3by4'", "new", "--shape", "3by4")]
    [InlineData("AllocationTooLarge", "2^63", "new", "--shape", "9999999999x9999999999")]
    [InlineData("AllocationTooLarge", "1000000000000 weights", "measure", "--width", "1000000,1000000")]
    [InlineData("AllocationTooLarge", "1000000000000 weights", "compare", "--width", "1000000,1000000")]
    [InlineData("FanUndefined", "", "new", "--shape", "64", "--initializer", "HeNormal")]
    [InlineData("UnknownInitializer", "'HeNormal'", "new", "--shape", "3x4", "--initializer", "HeNorml")]
    [InlineData("UnknownActivation", "'relu'", "measure", "--width", "3,4", "--activation", "rellu")]
    [InlineData("UnknownMode", "'fan_in'", "new", "--shape", "3x4", "--initializer", "VarianceScaling(mode=fan_inn)")]
    [InlineData("UnknownMode", "'fan_in'", "new", "--shape", "3x4", "--initializer", "HeNormal", "--mode", "fan_inn")]
    [InlineData("UnknownLayout", "'OI'", "new", "--shape", "3x4", "--layout", "OJ")]
    [InlineData("UnknownDType", "'Float32'", "new", "--shape", "3x4", "--dtype", "Float3")]
    [InlineData("UnknownConvention", "'Keras'", "new", "--shape", "3x4", "--convention", "Kera")]
    [InlineData("MalformedExpression", "", "new", "--shape", "3x4", "--initializer", "RandomNormal(stddev=")]
    [InlineData("UnknownArgument", "'std'", "new", "--shape", "3x4", "--initializer", "Zeros(std=1)")]
    [InlineData("UnknownArgument", "gain", "new", "--shape", "3x4", "--initializer", "Zeros", "--gain", "2")]
    [InlineData("InvalidArgument", "-1", "new", "--shape", "3x4", "--initializer", "RandomNormal", "--stddev", "-1")]
    [InlineData("InvalidArgument", "", "new", "--shape", "3x4", "--initializer", "RandomUniform(1, -1)")]
    [InlineData("NonFiniteValue", "", "new", "--shape", "3x4", "--initializer", "Constant", "--value", "NaN")]
    [InlineData("NonFiniteValue", "", "new", "--shape", "3x4", "--initializer", "RandomNormal(mean=Infinity)")]
    [InlineData("InvalidSeed", "'1.5'", "new", "--shape", "3x4", "--seed", "1.5")]
    [InlineData("InvalidArgument", "Offset 12", "new", "--shape", "3x4", "--offset", "12")]
    [InlineData("ParameterConflict", "FanIn", "new", "--shape", "3x4", "--fan-in", "3")]
    [InlineData("UnknownGenerator", "'PyTorch'", "new", "--shape", "3x4", "--generator", "PyTorhc")]
    [InlineData("UnknownModule", "'Linear'", "new", "--module", "Lienar(3, 4)")]
    [InlineData("ParameterConflict", "Stream", "new", "--shape", "3x4", "--stream", "x", "--generator", "PyTorch")]
    [InlineData("ParameterConflict", "--initializer", "new", "--module", "Linear(3, 4)", "--initializer", "Zeros")]
    [InlineData("ParameterConflict", "--gain", "new", "--module", "Linear(3, 4)", "--gain", "2")]
    [InlineData("ParameterConflict", "--module", "new", "--module", "Linear(3, 4)", "--width", "3,4")]
    [InlineData("ParameterConflict", "--shape", "new")]
    [InlineData("ParameterConflict", "--shape", "new", "--shape", "3x4", "--width", "3,4")]
    [InlineData("ParameterConflict", "--stream", "new", "--width", "3,4", "--stream", "s")]
    [InlineData("InvalidShape", "'6,x'", "measure", "--width", "6,x")]
    [InlineData("InvalidShape", "'-4'", "measure", "--width", "6,-4")]
    [InlineData("InvalidShape", "'6'", "measure", "--width", "6")]
    [InlineData("InvalidArgument", "--batch-size", "measure", "--width", "6,4", "--batch-size", "many")]
    [InlineData("ParameterConflict", "--data", "measure", "--width", "6,4", "--exclude-column", "a")]
    [InlineData("ParameterConflict", "--train", "compare", "--width", "6,4", "--epoch-count", "3")]
    [InlineData("InvalidArgument", "--hold-out", "compare", "--width", "6,4", "--hold-out", "0,1")]
    [InlineData("InvalidArgument", "--throttle-limit", "compare", "--width", "6,4", "--throttle-limit", "0")]
    [InlineData("UnknownInitializer", "'Wat'", "compare", "--width", "6,4", "--initializer", "HeNormal,Wat")]
    [InlineData("UnknownInitializer", "'HeNormal'", "list", "--name", "hennormal")]
    [InlineData("UnknownArgument", "'--seed-count'", "compare", "--width", "6,4", "--seed-coun", "3")]
    [InlineData("UnknownArgument", "'measure'", "mesure")]
    [InlineData("ParameterConflict", "--width", "compare")]
    [InlineData("InvalidArgument", "--seed", "new", "--shape", "3x4", "--seed", "1", "--seed", "2")]
    [InlineData("InvalidArgument", "--shape", "new", "--shape")]
    [InlineData("InvalidArgument", "new, measure, compare")]
    [InlineData("ParameterConflict", "--csv", "list", "--json", "--csv")]
    public void Bad_argument_is_one_line(string errorId, string named, params string[] arguments) =>
        AssertOneLine(CommandRun.Of(arguments), errorId, named);

    [Theory]
    [InlineData("InvalidCell", "Row 2 (line 3), column 'b' holds 'red'", "a,b\n1,2\n3,red\n")]
    [InlineData("EmptyBatch", "no rows", "a,b\n")]
    [InlineData("ShapeMismatch", "", "a,b,c\n1,2,3\n4,5,7\n")]
    [InlineData("InvalidFile", "Row 2 (line 3) has 1 cells", "a,b\n1,2\n3\n")]
    public void Bad_data_are_one_line(string errorId, string named, string csv) => AssertOneLine(
        CommandRun.Of("measure", "--width", "2,4,3", "--data", _directory.Write("data.csv", csv)),
        errorId,
        named);

    [Fact]
    public void Missing_file_is_one_line() => AssertOneLine(
        CommandRun.Of("measure", "--width", "2,4,3", "--data", _directory.PathOf("absent.csv")),
        "InvalidFile",
        "there is no such file");

    [Fact]
    public void Malformed_npy_is_one_line() => AssertOneLine(
        CommandRun.Of("measure", "--width", "2,4,3", "--data", TestData.PathOf("npy/objects.npy")),
        "InvalidFile",
        "at byte");

    [Fact]
    public void Excluded_column_that_is_missing_is_one_line() => AssertOneLine(
        CommandRun.Of("measure", "--width", "64,4", "--data", TestData.Digits, "--exclude-column", "digits"),
        "ColumnNotFound",
        "'digit'");

    [Theory]
    [InlineData("ColumnNotFound", "'digit'", "--target", "digits")]
    [InlineData("LabelOutOfRange", "5 units", "--target", "digit")]
    public void Bad_target_is_one_line(string errorId, string named, params string[] target) => AssertOneLine(
        CommandRun.Of(["compare", "--width", "64,8,5", "--data", TestData.Digits, "--train", .. target]),
        errorId,
        named);

    [Fact]
    public void Line_break_in_a_cell_does_not_make_a_second_line() => AssertOneLine(
        CommandRun.Of("measure", "--width", "1,1", "--data", _directory.Write("data.csv", "a\n\"x\ny\"\n")),
        "InvalidCell",
        "'x y'");

    [Fact]
    public async Task Process_leaves_exit_code_2()
    {
        CommandRun run = await CommandRun.OfProcess("new", "--shape", "0x5");

        AssertOneLine(run, "InvalidShape", "0x5");
    }

    private static void AssertOneLine(CommandRun run, string errorId, string named)
    {
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.StartsWith($"inittools: {errorId}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\r', '\n').Split('\n'));
        Assert.EndsWith(Environment.NewLine, run.Error, StringComparison.Ordinal);
    }
}
