using System.Globalization;
using System.Management.Automation;
using InitTools.Analysis;
using InitTools.Formats;
using InitTools.PowerShell.Binding;

namespace InitTools.PowerShell.Commands;

/// <summary>
/// Writes what Compare-Initializers, Measure-LayerVariance and Test-InitWeights give as one interactive page of HTML
/// that needs no other file and no network. The file is written whole or not at all.
/// </summary>
[Cmdlet(VerbsData.Export, "InitReport", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
public sealed class ExportInitReportCommand : ResultCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>The file to write, such as report.html.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    public string Path { get; set; } = "";

    /// <summary>The file to write, taken as it is written.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    public string LiteralPath { get; set; } = "";

    /// <summary>The page's title.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = ReportPage.DefaultTitle;

    /// <summary>Replaces a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        string path = ParameterSetName == LiteralPathSet ? LiteralPath : Path;
        string file = Require(() => ProviderPath.OfFile(this, path), path);
        string action = string.Create(CultureInfo.InvariantCulture, $"Write a report on {Results.Count} results");
        if (ShouldProcess(file, action))
        {
            Require(
                () => StopWhenCancelled(() =>
                {
                    AtomicFile.Write(
                        file, Force, stream => ReportPage.Write(stream, Results, Title, Cancellation), Cancellation);
                    return file;
                }),
                path);
        }
    }
}
