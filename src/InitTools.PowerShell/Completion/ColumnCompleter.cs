using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using InitTools.Formats;
using Shell = System.Management.Automation.PowerShell;

namespace InitTools.PowerShell.Completion;

/// <summary>Completes the columns of the .csv file that -Data names.</summary>
public sealed class ColumnCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        CompletionWord.Complete(
            wordToComplete,
            ColumnsOf(fakeBoundParameters["Data"]).Select((name, index) => (name, $"column {index + 1} of the data")));

    // A file that cannot be read has no names to offer; the cmdlet itself will say why.
    private static IReadOnlyList<string> ColumnsOf(object? data)
    {
        try
        {
            string? path = data is string text ? Resolve(text) : (data as FileInfo)?.FullName;
            if (!string.Equals(Path.GetExtension(path), ".csv", StringComparison.OrdinalIgnoreCase))
            {
                return [];
            }

            using FileStream stream = File.OpenRead(path!);
            return CsvDataReader.ReadColumnNames(stream);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or InitToolsException)
        {
            return [];
        }
    }

    private static string? Resolve(string path)
    {
        using var shell = Shell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand("Microsoft.PowerShell.Management\\Convert-Path").AddParameter("Path", path)
            .AddParameter("ErrorAction", "Ignore");
        return shell.Invoke<string>() is [string found] ? found : null;
    }
}
