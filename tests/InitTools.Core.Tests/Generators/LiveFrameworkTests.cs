using Xunit;

namespace InitTools.Core.Tests.Generators;

/// <summary>
/// Against PyTorch and NumPy as they are installed on this machine: 10^6 elements of each sampler, and a module of
/// twelve layers. Skipped where they are not installed.
/// </summary>
public class LiveFrameworkTests(ITestOutputHelper output)
{
    private const int Count = 1_000_003;

    [Theory]
    [InlineData("float32", "normal_", 0)]
    [InlineData("float32", "normal_(-0.2, 1.7)", 0)]
    [InlineData("float32", "uniform_", 0)]
    [InlineData("float32", "uniform_(-0.123, 0.456)", 0)]
    [InlineData("float64", "uniform_", 0)]
    [InlineData("float64", "uniform_(-0.123, 0.456)", 0)]

    // Sine, cosine and logarithm of glibc are correctly rounded but for one argument in 500 or so.
    [InlineData("float64", "normal_", 5000)]
    public void PyTorch_draws_the_same(string dtype, string initializer, int differences)
    {
        string arguments = initializer.Contains('(', StringComparison.Ordinal) ? ", " + initializer.Split('(')[1] : ")";
        Compare("torch", dtype, $"nn.init.{initializer.Split('(')[0]}(t{arguments}", initializer, differences);
    }

    [Theory]
    [InlineData("float64", "rng.random(n)", "uniform_", 0)]
    [InlineData("float64", "rng.uniform(-0.123, 0.456, n)", "uniform_(-0.123, 0.456)", 0)]
    [InlineData("float32", "rng.random(n, dtype=f32)", "uniform_", 0)]
    [InlineData("float64", "rng.standard_normal(n)", "normal_", 10)]
    [InlineData("float64", "rng.normal(-0.2, 1.7, n)", "normal_(-0.2, 1.7)", 10)]
    [InlineData("float32", "rng.standard_normal(n, dtype=f32)", "normal_", 10)]
    public void NumPy_draws_the_same(string dtype, string call, string initializer, int differences) =>
        Compare("numpy", dtype, call, initializer, differences);

    [Theory]
    [InlineData("float32")]
    [InlineData("float64")]
    public void PyTorch_initializes_a_module_of_twelve_layers_the_same(string dtype)
    {
        RequireFrameworks();
        string name = $"torch {dtype} twelve modules";
        FrameworkCase row = FrameworkCase.All.Single(candidate => candidate.Name == name) with
        {
            Seed = 20261122,
        };
        byte[] bytes = row.MakeBytes();
        output.WriteLine($"{bytes.Length} bytes of {row.MakeTensors().Count} tensors, {Python.Versions}");
        Assert.Equal(row.RunFramework(), bytes);
    }

    private void Compare(string framework, string dtype, string call, string initializer, int differences)
    {
        RequireFrameworks();
        FrameworkCase row = new()
        {
            Name = call,
            Framework = framework,
            Seed = 123456789,
            DType = dtype,
            Calls = [new FrameworkCall
            {
                Call = call,
                Initializer = initializer,
                Shape = System.Text.Json.JsonSerializer.SerializeToElement(
                    framework == "torch" ? (object)new[] { Count } : Count),
            }],
        };
        byte[] expected = row.RunFramework();
        byte[] actual = row.MakeBytes();
        Assert.Equal(expected.Length, actual.Length);
        (int count, long largest) = dtype == "float32"
            ? Differences(expected, actual, sizeof(float), bytes => BitConverter.ToInt32(bytes))
            : Differences(expected, actual, sizeof(double), bytes => BitConverter.ToInt64(bytes));
        output.WriteLine($"{call}, {dtype}: {count} of {Count} differ, by {largest} ulp at most; {Python.Versions}");
        Assert.InRange(count, 0, differences);

        // Two roundings, of radius and angle, may each be off by one unit.
        Assert.InRange(largest, 0, differences == 0 ? 0 : framework == "numpy" ? 1 : 2);
    }

    private delegate long BitsReader(ReadOnlySpan<byte> bytes);

    private static (int Count, long Largest) Differences(byte[] expected, byte[] actual, int size, BitsReader bitsOf)
    {
        int count = 0;
        long largest = 0;
        for (int i = 0; i < expected.Length; i += size)
        {
            long difference = Math.Abs(bitsOf(expected.AsSpan(i, size)) - bitsOf(actual.AsSpan(i, size)));
            count += difference == 0 ? 0 : 1;
            largest = Math.Max(largest, difference);
        }

        return (count, largest);
    }

    private static void RequireFrameworks() => Assert.SkipUnless(
        Python.IsInstalled,
        "PyTorch and NumPy are not installed for the Python of this machine (Debian: python3-torch, python3-numpy).");
}
