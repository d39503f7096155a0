using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace InitTools.Core.Tests.Generators;

/// <summary>
/// One row of tests/reference/generators/vectors.json: draws of a framework and the bytes that it made.
/// </summary>
public sealed record FrameworkCase
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static IReadOnlyList<FrameworkCase> All { get; } = JsonSerializer.Deserialize<FrameworkCase[]>(
        File.ReadAllText(PathOf("vectors.json")), s_json)!;

    public required string Name { get; init; }

    public required string Framework { get; init; }

    public required ulong Seed { get; init; }

    [JsonPropertyName("dtype")]
    public required string DType { get; init; }

    public required IReadOnlyList<FrameworkCall> Calls { get; init; }

    public string? First { get; init; }

    public string? Sha256 { get; init; }

    public RandomGenerator Generator => Framework == "torch" ? RandomGenerator.PyTorch : RandomGenerator.NumPy;

    /// <summary>The recipes of the calls, drawn one after the other.</summary>
    public IReadOnlyList<WeightTensor> MakeTensors()
    {
        DrawSequence sequence = new(Generator, new Seed(Seed));
        DType dtype = DTypes.Spellings.Parse(DType);
        return [.. Calls.SelectMany((call, index) => call.MakeTensors($"t{index}", sequence, dtype))];
    }

    /// <summary>The elements of all tensors as this library makes them.</summary>
    public byte[] MakeBytes()
    {
        using MemoryStream stream = new();
        foreach (WeightTensor tensor in MakeTensors())
        {
            tensor.WriteTo(stream, new ParallelOptions());
        }

        return stream.ToArray();
    }

    /// <summary>The elements as the framework itself makes them, here and now.</summary>
    public byte[] RunFramework() => Python.Run(Framework, JsonSerializer.Serialize(this, s_json));

    public override string ToString() => Name;

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "reference", "generators", name);
}

/// <summary>One tensor or module of a case, as the framework's call and as an expression.</summary>
public sealed record FrameworkCall
{
    public required string Call { get; init; }

    public JsonElement? Shape { get; init; }

    public string? Initializer { get; init; }

    public string? Module { get; init; }

    public IEnumerable<WeightTensor> MakeTensors(string name, DrawSequence sequence, DType dtype)
    {
        if (Module is not null)
        {
            return PyTorchModule.Parse(Module).CreateTensors(name, sequence, dtype);
        }

        JsonElement shape = Shape!.Value;
        long[] dimensions = shape.ValueKind == JsonValueKind.Number
            ? [shape.GetInt64()]
            : [.. shape.EnumerateArray().Select(dimension => dimension.GetInt64())];
        return
        [
            sequence.Create(new WeightTensorOptions
            {
                Name = name,
                Shape = new TensorShape(dimensions),
                Initializer = InitTools.Initializer.Parse(Initializer!, Convention.PyTorch),
                Seed = sequence.Seed,
                Layout = Layout.OI,
                DType = dtype,
            }),
        ];
    }
}

/// <summary>The Python of this machine that has PyTorch and NumPy, where there is one.</summary>
internal static class Python
{
    private static readonly Lazy<(string? Path, string Versions)> s_python = new(Find);

    public static bool IsInstalled => s_python.Value.Path is not null;

    public static string Versions => s_python.Value.Versions;

    public static byte[] Run(string command, string input)
    {
        using Process process = Start(s_python.Value.Path!, command);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        using MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.ToArray()
            : throw new InvalidOperationException($"draw.py {command} failed for {input}.");
    }

    private static (string? Path, string Versions) Find()
    {
        foreach (string path in (string[])["python3", "/usr/bin/python3", "python"])
        {
            try
            {
                using Process process = Start(path, "versions");
                string versions = process.StandardOutput.ReadToEnd().Trim();
                process.WaitForExit();
                if (process.ExitCode == 0)
                {
                    return (path, versions);
                }
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // There is no such program.
            }
        }

        return (null, "none");
    }

    private static Process Start(string path, string command)
    {
        ProcessStartInfo start = new(path, [FrameworkCase.PathOf("draw.py"), command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = command == "versions",
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        return Process.Start(start)!;
    }
}
