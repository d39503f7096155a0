using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Xunit;

namespace InitTools.Cli.Tests;

/// <summary>What a command line left behind.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of the output, without the last line's end.</summary>
    public string[] Lines => Output.TrimEnd().Split(Environment.NewLine);

    /// <summary>Runs in this process, as fast as can be.</summary>
    public static CommandRun Of(params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        int exitCode = CommandLine.Run(arguments, new CommandEnvironment
        {
            Output = output,
            Error = error,
            CancellationToken = TestContext.Current.CancellationToken,
        });
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs in this process under another culture.</summary>
    public static CommandRun Under(string culture, params string[] arguments)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            return Of(arguments);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Starts the built command as a process of its own.</summary>
    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "inittools.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs the built command as a process of its own.</summary>
    public static async Task<CommandRun> OfProcess(params string[] arguments)
    {
        using Process process = Start(arguments);
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new CommandRun(process.ExitCode, await output, await error);
    }

    /// <summary>The output as JSON.</summary>
    public JsonElement Json()
    {
        Assert.Equal((0, ""), (ExitCode, Error));
        return JsonDocument.Parse(Output).RootElement;
    }

    /// <summary>The output as CSV: the header's names to the cells of each line.</summary>
    public IReadOnlyList<Dictionary<string, string>> Csv()
    {
        Assert.Equal((0, ""), (ExitCode, Error));
        using CsvReader reader = CsvReader.FromText(Output, new CsvReaderOptions { Separator = ',' });
        List<Dictionary<string, string>> rows = [];
        while (reader.Read())
        {
            rows.Add(reader.Headers
                .Select((name, i) => (Name: name, Cell: reader.GetString(i)))
                .ToDictionary(cell => cell.Name, cell => cell.Cell));
        }

        return rows;
    }
}
