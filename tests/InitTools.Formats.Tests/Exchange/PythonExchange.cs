using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using Xunit;

namespace InitTools.Formats.Tests.Exchange;

/// <summary>
/// Runs tests/reference/formats/exchange.py with a Python of this machine that has what it needs. A test that needs one
/// which is not there is skipped.
/// </summary>
internal static class PythonExchange
{
    private static readonly string s_script =
        Path.Combine(AppContext.BaseDirectory, "reference", "formats", "exchange.py");
    private static readonly Dictionary<string, Lazy<string?>> s_pythons =
        new[] { "numpy", "torch", "onnx" }.ToDictionary(
            module => module, module => new Lazy<string?>(() => Find(module)));

    /// <summary>Runs a command of the script, and gives what it prints.</summary>
    /// <param name="command">
    /// Such as <c>numpy-read</c>; what stands before the hyphen is the module that it needs.
    /// </param>
    /// <param name="path">What it works on.</param>
    public static string[] Run(string command, string path)
    {
        string module = command.Split('-')[0];
        string? python = s_pythons[module].Value;
        Assert.SkipUnless(
            python is not null, $"No Python of this machine has {module} (Debian: python3-{module}).");
        (int exitCode, string output, string error) = Start(python!, [s_script, command, path]);
        Assert.True(exitCode == 0, error);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The line that the script prints for a tensor of these values.</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">The type as the script calls it.</param>
    /// <param name="dimensions">The dimensions.</param>
    /// <param name="weights">The values.</param>
    public static string LineOf(string name, string type, IEnumerable<long> dimensions, WeightTensor weights)
    {
        using MemoryStream bytes = new();
        weights.WriteTo(bytes, new ParallelOptions());
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
        return $"{name}\t{type}\t{string.Join('x', dimensions)}\t{hash}";
    }

    private static string? Find(string module) => ((string[])["python3", "/usr/bin/python3", "python"])
        .FirstOrDefault(python =>
        {
            try
            {
                return Start(python, ["-c", $"import numpy, {module}"]).ExitCode == 0;
            }
            catch (Win32Exception)
            {
                // There is no such program.
                return false;
            }
        });

    private static (int ExitCode, string Output, string Error) Start(string python, string[] arguments)
    {
        ProcessStartInfo start = new(python, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
