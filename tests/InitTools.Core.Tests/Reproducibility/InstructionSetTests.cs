using System.Diagnostics;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using InitTools.Core.Digests;
using Xunit;

namespace InitTools.Core.Tests.Reproducibility;

/// <summary>
/// The same bytes under every instruction set, kernel and number of threads, shown by child processes that run with
/// parts of the machine switched off.
/// </summary>
public class InstructionSetTests
{
    private static readonly Lazy<Child> s_reference = new(() => Run(1, ("INITTOOLS_KERNEL", "scalar")));

    public static TheoryData<string, string, int> Kernels() => new()
    {
        { "", "", 1 },
        { "", "", 2 },
        { "", "vector", 1 },
        { "", "vector", 2 },
        { "", "vector512", 2 },
        { "DOTNET_EnableAVX512", "", 1 },
        { "DOTNET_EnableAVX512", "scalar", 2 },
        { "DOTNET_EnableAVX2", "", 2 },
        { "DOTNET_EnableAVX2", "scalar", 1 },
        { "DOTNET_EnableHWIntrinsic", "", 2 },
        { "DOTNET_MaxVectorTBitWidth", "vector", 1 },
    };

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Every_instruction_set_gives_the_same_bytes(string setting, string kernel, int threads)
    {
        Assert.SkipUnless(X86Base.IsSupported, "These switches are those of x86 machines.");
        bool needsWideVectors =
            kernel == "vector512" || setting is "DOTNET_EnableAVX512" or "DOTNET_MaxVectorTBitWidth";
        Assert.SkipUnless(!needsWideVectors || Vector512.IsHardwareAccelerated, "This machine has no AVX-512.");
        Assert.SkipUnless(setting != "DOTNET_EnableAVX2" || Avx2.IsSupported, "This machine has no AVX2.");

        string value = setting == "DOTNET_MaxVectorTBitWidth" ? "512" : "0";
        Child child = Run(threads, (setting, value), ("INITTOOLS_KERNEL", kernel));
        AssertTookEffect(setting, child);
        if (kernel.Length > 0)
        {
            Assert.Equal(kernel, child.Fact("kernel"));
        }

        Assert.Equal(ByteProducer.All.Count, child.Digests.Count);
        Assert.Equal(s_reference.Value.Digests, child.Digests);
    }

    [Fact]
    public void A_kernel_that_the_machine_lacks_is_an_error()
    {
        ProcessResult result = Start(1, ("DOTNET_EnableAVX512", "0"), ("INITTOOLS_KERNEL", "vector512"));
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("KernelUnavailable: 'vector512'", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("kernel:", result.Output, StringComparison.Ordinal);

        result = Start(1, ("INITTOOLS_KERNEL", "fastest"));
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("KernelUnavailable: 'fastest'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_initializer_has_digests() => Assert.All(InitializerCase.Definitions, name =>
        Assert.NotEmpty(InitializerCase.Of(name).Expression));

    [Fact]
    public void Digests_differ_between_producers()
    {
        // Zeros of Float16 and BFloat16 are the same bytes, and those alone.
        IEnumerable<string> digests = s_reference.Value.Digests.Select(line => line.Split(": ")[1]);
        Assert.Equal(ByteProducer.All.Count - 1, digests.Distinct().Count());
    }

    private static void AssertTookEffect(string setting, Child child)
    {
        switch (setting)
        {
            case "DOTNET_EnableAVX512":
                Assert.Equal("False", child.Fact("Vector512"));
                Assert.Equal("True", child.Fact("Fma"));
                break;
            case "DOTNET_EnableAVX2":
                Assert.Equal("4", child.Fact("Vector<float>.Count"));
                Assert.Equal("False", child.Fact("Fma"));
                break;
            case "DOTNET_EnableHWIntrinsic":
                Assert.Equal("False", child.Fact("Vector"));
                Assert.Equal("scalar", child.Fact("kernel"));
                break;
            case "DOTNET_MaxVectorTBitWidth":
                Assert.Equal("16", child.Fact("Vector<float>.Count"));
                break;
            default:
                Assert.Equal($"{Vector<float>.Count}", child.Fact("Vector<float>.Count"));
                break;
        }
    }

    private static Child Run(int threads, params (string Name, string Value)[] environment)
    {
        ProcessResult result = Start(threads, environment);
        Assert.True(result.ExitCode == 0, result.Error);
        string[] lines = result.Output.Split(
            '\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new Child(
            [.. lines.Where(line => line.StartsWith("fact ", StringComparison.Ordinal))],
            [.. lines.Where(line => !line.StartsWith("fact ", StringComparison.Ordinal))]);
    }

    private static ProcessResult Start(int threads, params (string Name, string Value)[] environment)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "InitTools.Core.Digests.dll");
        var start = new ProcessStartInfo("dotnet", [program, $"{threads}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("INITTOOLS_KERNEL");
        foreach ((string name, string value) in environment.Where(pair => pair is { Name: not "", Value: not "" }))
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ProcessResult(process.ExitCode, output, error.Result);
    }

    private sealed record ProcessResult(int ExitCode, string Output, string Error);

    private sealed record Child(IReadOnlyList<string> Facts, IReadOnlyList<string> Digests)
    {
        public string Fact(string name)
        {
            string start = $"fact {name}: ";
            return Facts.Single(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..];
        }
    }
}
