using System.Globalization;
using System.Management.Automation;
using InitTools.Formats;
using InitTools.PowerShell.Completion;

namespace InitTools.PowerShell.Commands;

/// <summary>
/// Lists the weight tensors of files from their headers. Values are read when they are asked for, in chunks, so that a
/// file of any size is listed at once and measured in little memory.
/// </summary>
[Cmdlet(VerbsData.Import, "InitWeights", DefaultParameterSetName = PathSet)]
[OutputType(typeof(WeightTensor))]
public sealed class ImportInitWeightsCommand : StoppableCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private WeightImport _import = null!;

    /// <summary>Files to read, with or without wildcards; what their names end in says the format.</summary>
    [Parameter(
        Mandatory = true,
        Position = 0,
        ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true,
        ParameterSetName = PathSet)]
    public string[] Path { get; set; } = [];

    /// <summary>Files to read, taken as they are written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// The tensors that are wanted, by their names, with or without wildcards. All where none is given.
    /// </summary>
    [Parameter(Position = 1)]
    public string[] Name { get; set; } = [];

    /// <summary>
    /// Which axes of the stored weights are inputs and outputs: IO (..., in, out) as in Keras and JAX, or OI (out, in,
    /// ...) as in PyTorch. Where none is given, what the file says, and IO where it says nothing.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayoutCompleter))]
    public string? Layout { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _import = Require(() => new WeightImport
    {
        Names = Name,
        Layout = Layout is null ? null : Layouts.Spellings.Parse(Layout),
    });

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool isLiteral = ParameterSetName == LiteralPathSet;
        foreach (string path in isLiteral ? LiteralPath : Path)
        {
            if (TryFindFiles(path, isLiteral, out IReadOnlyList<string>? files))
            {
                foreach (string file in files)
                {
                    Import(file);
                }
            }
        }
    }

    private void Import(string file)
    {
        if (TryImport(_import, file, out IReadOnlyList<WeightTensor>? weights))
        {
            WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"{file}: {weights.Count} weight tensors."));
            WriteObject(weights, enumerateCollection: true);
        }
    }
}
