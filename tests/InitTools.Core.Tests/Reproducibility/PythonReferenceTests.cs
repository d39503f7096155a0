using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using InitTools.Kernels;
using Xunit;

namespace InitTools.Core.Tests.Reproducibility;

/// <summary>
/// The fills against tests/reference/inittools_reference.py, a second implementation written from the specification
/// alone: against the vectors that it printed once, and against the program itself where Python has NumPy.
/// </summary>
public partial class PythonReferenceTests
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "reference");
    private static readonly Lazy<string?> s_python = new(FindPython);

    public static TheoryData<string, int> Laws()
    {
        var data = new TheoryData<string, int>();
        foreach (IGrouping<string, Vector> group in Vectors().GroupBy(vector => vector.Law))
        {
            data.Add(group.Key, group.Count());
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Laws))]
    public void Fills_equal_the_committed_vectors(string law, int count)
    {
        Vector[] vectors = [.. Vectors().Where(vector => vector.Law == law)];
        Assert.Equal(count, vectors.Length);
        Assert.All(vectors, vector =>
        {
            byte[] bytes = Draw(vector);
            Assert.Equal(vector.First, Convert.ToHexStringLower(bytes.AsSpan(0, 8)));
            Assert.Equal(vector.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        });
    }

    [Fact]
    public void Initializers_equal_the_committed_tensors()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_folder, "vectors.json")));
        JsonElement[] tensors = [.. document.RootElement.GetProperty("tensors").EnumerateArray()];
        Assert.NotEmpty(tensors);
        Assert.All(tensors, tensor =>
        {
            using var stream = new MemoryStream();
            WeightTensor.Create(new WeightTensorOptions
            {
                Name = tensor.GetProperty("name").GetString()!,
                Shape = TensorShape.Parse(tensor.GetProperty("shape").GetString()!),
                Initializer = Initializer.Parse(tensor.GetProperty("initializer").GetString()!),
                Seed = new Seed(tensor.GetProperty("seed").GetInt64()),
                Layout = Layouts.Spellings.Parse(tensor.GetProperty("layout").GetString()!),
                DType = DTypes.Spellings.Parse(tensor.GetProperty("dtype").GetString()!),
            }).WriteTo(stream, new ParallelOptions());
            byte[] bytes = stream.ToArray();
            Assert.Equal(tensor.GetProperty("first").GetString(), Convert.ToHexStringLower(bytes.AsSpan(0, 8)));
            Assert.Equal(
                tensor.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        });
    }

    [Fact]
    public void The_vectors_are_those_of_this_version()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_folder, "vectors.json")));
        Assert.Equal(WeightTensor.SpecificationVersion, document.RootElement.GetProperty("version").GetInt32());
    }

    [Fact]
    public void The_program_still_prints_the_committed_vectors()
    {
        Assert.SkipUnless(s_python.Value is not null, "There is no python3 with NumPy here.");
        Assert.Equal("ok", Run("selftest").Trim());
        string committed = File.ReadAllText(Path.Combine(s_folder, "vectors.json"));
        Assert.Equal(committed.Trim(), Run("vectors").Trim());
    }

    // The program holds the constants of the specification, and no others of that name.
    [Fact]
    public void The_specification_lists_the_constants_that_the_program_uses()
    {
        string program = File.ReadAllText(Path.Combine(s_folder, "inittools_reference.py"));
        string specification = File.ReadAllText(Path.Combine(s_folder, "reproducibility.md"));
        MatchCollection lists = CoefficientList().Matches(program);
        Assert.Equal(19, lists.Count);
        Assert.All(lists, list =>
        {
            int start = specification.IndexOf($"\n{list.Groups[1].Value}\n", StringComparison.Ordinal);
            Assert.True(start > 0, list.Groups[1].Value);
            int end = specification.IndexOf("\n\n", start + list.Groups[1].Length + 4, StringComparison.Ordinal);
            string listed = specification[(start + list.Groups[1].Length + 2)..end];
            Assert.Equal(Numbers(list.Groups[2].Value), Numbers(listed));
        });

        static string[] Numbers(string text) =>
            text.Split([',', ' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex(@"^([A-Z0-9_]+) = \[\n(.*?)\n\]", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CoefficientList();

    // Parameters that nobody chose: drawn anew from a fixed seed, so that the vectors are not all that is compared.
    [Fact]
    public void The_program_draws_what_the_fills_draw()
    {
        Assert.SkipUnless(s_python.Value is not null, "There is no python3 with NumPy here.");
        var random = new Random(7);
        string[] dtypes = ["Float32", "Float64", "Float16", "BFloat16"];
        for (int trial = 0; trial < 12; trial++)
        {
            double mean = random.NextDouble() - 0.5;
            double deviation = Math.Pow(10, (4 * random.NextDouble()) - 3);
            double minimum = mean + (deviation * ((6 * random.NextDouble()) - 4));
            double maximum = minimum + (deviation * (0.5 + (5 * random.NextDouble())));
            string law = ((string[])["Uniform", "Normal", "TruncatedNormal"])[trial % 3];
            double[] parameters = law switch
            {
                "Uniform" => [minimum, maximum],
                "Normal" => [mean, deviation],
                _ => [mean, deviation, minimum, maximum],
            };
            var vector = new Vector(
                law,
                parameters,
                dtypes[random.Next(4)],
                random.NextInt64(long.MinValue, long.MaxValue),
                "weights",
                $"layer{trial}.weight",
                random.NextInt64(1L << 40),
                777,
                string.Empty,
                string.Empty);
            string printed = Run(
            [
                "draw", vector.Law, vector.DType, $"{vector.Seed}", vector.Purpose, vector.Name, $"{vector.Offset}",
                $"{vector.Count}", .. parameters.Select(p => p.ToString("R", CultureInfo.InvariantCulture)),
            ]);
            Assert.Equal(printed.Trim(), Convert.ToHexStringLower(Draw(vector)));
        }
    }

    // The expression is what the tensor says of itself, from which a reader makes it again.
    [Theory]
    [InlineData("kaiming_normal_", Convention.PyTorch, "31x9", Layout.OI, DType.Float32)]
    [InlineData("he_normal", Convention.Keras, "31x9", Layout.IO, DType.BFloat16)]
    [InlineData("GlorotUniform(gain=tanh)", null, "5x3x8x16", Layout.IO, DType.Float16)]
    [InlineData("Gates(3, LecunNormal(mode=fan_avg))", null, "20x30", Layout.IO, DType.Float64)]
    public void The_program_makes_the_tensor_of_an_expression(
        string expression, Convention? convention, string shape, Layout layout, DType dtype)
    {
        Assert.SkipUnless(s_python.Value is not null, "There is no python3 with NumPy here.");
        WeightTensor tensor = WeightTensor.Create(new WeightTensorOptions
        {
            Name = "caf\u00e9.weight",
            Shape = TensorShape.Parse(shape),
            Initializer = Initializer.Parse(expression, convention),
            Seed = new Seed(-3L),
            Layout = layout,
            DType = dtype,
        });
        using var stream = new MemoryStream();
        tensor.WriteTo(stream, new ParallelOptions());
        Assert.Equal(
            Run("tensor", tensor.Initializer, tensor.Shape, tensor.Layout, tensor.DType, "-3", tensor.Name).Trim(),
            Convert.ToHexStringLower(stream.ToArray()));
    }

    private static byte[] Draw(Vector vector)
    {
        StreamKey key = StreamKey.Create(new Seed(vector.Seed), new StreamPurpose(vector.Purpose), vector.Name);
        double[] p = vector.Parameters;
        switch (vector.Law, vector.DType)
        {
            case ("Uniform", "BFloat16"):
                return Bytes<ushort>(d => RandomFill.UniformBFloat16(d, key, vector.Offset, p[0], p[1]));
            case ("Uniform", "Float16"):
                return Bytes<Half>(d => RandomFill.Uniform(d, key, vector.Offset, p[0], p[1]));
            case ("Uniform", "Float32"):
                return Bytes<float>(d => RandomFill.Uniform(d, key, vector.Offset, p[0], p[1]));
            case ("Uniform", "Float64"):
                return Bytes<double>(d => RandomFill.Uniform(d, key, vector.Offset, p[0], p[1]));
            case ("Normal", "BFloat16"):
                return Bytes<ushort>(d => RandomFill.NormalBFloat16(d, key, vector.Offset, p[0], p[1]));
            case ("Normal", "Float16"):
                return Bytes<Half>(d => RandomFill.Normal(d, key, vector.Offset, p[0], p[1]));
            case ("Normal", "Float32"):
                return Bytes<float>(d => RandomFill.Normal(d, key, vector.Offset, p[0], p[1]));
            case ("Normal", "Float64"):
                return Bytes<double>(d => RandomFill.Normal(d, key, vector.Offset, p[0], p[1]));
            case ("TruncatedNormal", "BFloat16"):
                return Bytes<ushort>(
                    d => RandomFill.TruncatedNormalBFloat16(d, key, vector.Offset, p[0], p[1], p[2], p[3]));
            case ("TruncatedNormal", "Float16"):
                return Bytes<Half>(d => RandomFill.TruncatedNormal(d, key, vector.Offset, p[0], p[1], p[2], p[3]));
            case ("TruncatedNormal", "Float32"):
                return Bytes<float>(d => RandomFill.TruncatedNormal(d, key, vector.Offset, p[0], p[1], p[2], p[3]));
            case ("TruncatedNormal", "Float64"):
                return Bytes<double>(d => RandomFill.TruncatedNormal(d, key, vector.Offset, p[0], p[1], p[2], p[3]));
            default:
                throw new InvalidOperationException($"{vector.Law} {vector.DType}");
        }

        byte[] Bytes<T>(Action<T[]> fill)
            where T : unmanaged
        {
            T[] values = new T[vector.Count];
            fill(values);
            return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        }
    }

    private static Vector[] Vectors()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(s_folder, "vectors.json")));
        return
        [
            .. document.RootElement.GetProperty("vectors").EnumerateArray().Select(vector => new Vector(
                vector.GetProperty("law").GetString()!,
                [.. vector.GetProperty("parameters").EnumerateArray().Select(Number)],
                vector.GetProperty("dtype").GetString()!,
                vector.GetProperty("seed").GetInt64(),
                vector.GetProperty("purpose").GetString()!,
                vector.GetProperty("name").GetString()!,
                vector.GetProperty("offset").GetInt64(),
                vector.GetProperty("count").GetInt32(),
                vector.GetProperty("first").GetString()!,
                vector.GetProperty("sha256").GetString()!)),
        ];
    }

    // JSON has no infinities.
    private static double Number(JsonElement element) => element.ValueKind == JsonValueKind.Number
        ? element.GetDouble()
        : element.GetString() == "inf" ? double.PositiveInfinity : double.NegativeInfinity;

    private static string Run(params string[] arguments)
    {
        (int exitCode, string output, string error) = Start(
            s_python.Value!, [Path.Combine(s_folder, "inittools_reference.py"), .. arguments]);
        Assert.True(exitCode == 0, error);
        return output;
    }

    private static string? FindPython() => ((string[])["python3", "/usr/bin/python3", "python"])
        .FirstOrDefault(candidate =>
        {
            try
            {
                return Start(candidate, ["-c", "import numpy"]).ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        });

    private static (int ExitCode, string Output, string Error) Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private sealed record Vector(
        string Law,
        double[] Parameters,
        string DType,
        long Seed,
        string Purpose,
        string Name,
        long Offset,
        int Count,
        string First,
        string Sha256);
}
