using System.Management.Automation;
using System.Management.Automation.Host;
using InitTools.Analysis;
using InitTools.PowerShell.Binding;
using InitTools.PowerShell.Completion;

namespace InitTools.PowerShell.Commands;

/// <summary>
/// Draws what Compare-Initializers and Measure-LayerVariance give as a chart of plain text: second moment and gradient
/// variance by layer on logarithmic axes, one series an initializer, or the histogram of every layer.
/// </summary>
[Cmdlet(VerbsCommon.Show, "LayerChart")]
[OutputType(typeof(string))]
public sealed class ShowLayerChartCommand : ResultCommand
{
    private static readonly LayerChartOptions s_defaults = new();

    /// <summary>
    /// What is drawn: Curve (the default), second moment and gradient variance by layer; PreActivationHistogram or
    /// ActivationHistogram, the histogram of every layer, which needs what Measure-LayerVariance gives.
    /// </summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(LayerChartKindCompleter))]
    public string Kind { get; set; } = LayerChartKinds.Spellings.NameOf(s_defaults.Kind);

    /// <summary>
    /// Columns that no line exceeds, from 40 to 120. Those of the window where none are given, and 120 where there is
    /// no window.
    /// </summary>
    [Parameter]
    [WholeNumberTransformation]
    public int? ChartWidth { get; set; }

    /// <summary>Rows of each axis, from 4 to 60. 12 where none are given.</summary>
    [Parameter]
    [WholeNumberTransformation]
    public int ChartHeight { get; set; } = s_defaults.Height;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        LayerChartOptions options = Require(() => new LayerChartOptions
        {
            Kind = LayerChartKinds.Spellings.Parse(Kind),
            Width = ChartWidth ?? WindowWidth(),
            Height = ChartHeight,
        });
        WriteObject(Require(() => LayerChart.Draw(Results, options)), enumerateCollection: true);
    }

    private int WindowWidth()
    {
        if (Console.IsOutputRedirected)
        {
            return LayerChartOptions.LargestWidth;
        }

        try
        {
            return Math.Clamp(
                Host.UI.RawUI.BufferSize.Width,
                LayerChartOptions.SmallestWidth,
                LayerChartOptions.LargestWidth);
        }
        catch (Exception exception) when (exception is HostException or NotImplementedException)
        {
            return LayerChartOptions.LargestWidth;
        }
    }
}
