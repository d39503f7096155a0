using System.Diagnostics;
using Xunit;

namespace InitTools.Core.Tests.Networks;

/// <summary>Scripts of tests/reference/networks, run where a Python has PyTorch.</summary>
internal static class TorchScript
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "reference", "networks");

    /// <summary>What a script prints, or null where there is no Python with PyTorch.</summary>
    public static string? Run(string script)
    {
        foreach (string python in (string[])["python3", "/usr/bin/python3"])
        {
            try
            {
                using Process process = Process.Start(
                    new ProcessStartInfo(python, [Path.Combine(Folder, script)])
                    {
                        RedirectStandardOutput = true,
                        RedirectStandardError = true,
                    })!;
                Task<string> errors = process.StandardError.ReadToEndAsync();
                string output = process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                if (process.ExitCode == 0)
                {
                    return output;
                }

                // Without PyTorch another Python has its turn; any other failure is one of the script.
                Assert.Contains("No module named 'torch'", errors.GetAwaiter().GetResult(), StringComparison.Ordinal);
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // There is no such program.
            }
        }

        return null;
    }
}
