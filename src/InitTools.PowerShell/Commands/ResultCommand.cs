using System.ComponentModel;
using System.Management.Automation;
using InitTools.Analysis;

namespace InitTools.PowerShell.Commands;

/// <summary>What the cmdlets share that show results: they take all of the pipeline.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ResultCommand : StoppableCommand
{
    private readonly List<object> _results = [];

    /// <summary>
    /// Comparisons of Compare-Initializers, or the layers of Measure-LayerVariance, all of each measurement; pages show
    /// findings of Test-InitWeights too. All of the pipeline is shown, measurements of one network side by side.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    private protected IReadOnlyCollection<object> Results => _results;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // Without one of the results the others would answer another question, so that the first error ends the cmdlet.
        object result = InputObject.BaseObject;
        Require(
            () =>
            {
                ReportPage.RequireKnown(result);
                return result;
            },
            result);
        _results.Add(result);
    }
}
