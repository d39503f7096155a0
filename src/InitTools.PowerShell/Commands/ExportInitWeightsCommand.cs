using System.Management.Automation;
using InitTools.Formats;
using InitTools.PowerShell.Binding;
using InitTools.PowerShell.Completion;

namespace InitTools.PowerShell.Commands;

/// <summary>
/// Writes weight tensors to files. Values are made as they are written, so that memory does not grow with the tensor; a
/// file is written whole or not at all.
/// </summary>
[Cmdlet(VerbsData.Export, "InitWeights", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
public sealed class ExportInitWeightsCommand : CancellableCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    // A .npy file holds one tensor, so that the second one to the same file is a mistake, whatever -Force says.
    private readonly Dictionary<string, string> _written = new(StringComparer.Ordinal);

    // Files of several tensors, each written when the pipeline has ended.
    private readonly OrderedDictionary<string, List<WeightTensor>> _collected = new(StringComparer.Ordinal);

    private Layout? _layout;
    private PartNumber? _part;

    /// <summary>
    /// The file to write. One that ends in .safetensors or .npz holds all tensors of the pipeline, and one that ends in
    /// .init.json their recipes alone. One that ends in .npy holds one tensor; for several, give a script block that
    /// names each: { "$($_.Name).npy" }.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    public string Path { get; set; } = "";

    /// <summary>The file to write, taken as it is written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    public string LiteralPath { get; set; } = "";

    /// <summary>A weight tensor, or an object with Seed, Stream and Version, which is the recipe of one.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>
    /// The layout in which weights are written: IO (..., in, out) for Keras and JAX, OI (out, in, ...) for PyTorch.
    /// Weights of the other layout have their axes turned. As they are, where none is given.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayoutCompleter))]
    public string? Layout { get; set; }

    /// <summary>
    /// Which part of the tensors to write: 3/8 is the third of eight .safetensors files beside an index of all tensors,
    /// */8 all eight. Which tensors a part has follows from their sizes, so that every job that writes one writes the
    /// same index.
    /// </summary>
    [Parameter]
    public string? Part { get; set; }

    /// <summary>Replaces a file that exists.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _layout = Layout is null ? null : Require(() => Layouts.Spellings.Parse(Layout), Layout);
        _part = Part is null ? null : Require(() => PartNumber.Parse(Part), Part);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string path = ParameterSetName == LiteralPathSet ? LiteralPath : Path;
        if (!TryMake(
            () => (Tensor: ReadTensor(), File: ResolveFile(path), HoldsSeveral: TensorFile.HoldsSeveral(path)),
            InputObject,
            out (WeightTensor Tensor, string File, bool HoldsSeveral) export))
        {
            return;
        }

        if (export.HoldsSeveral)
        {
            _collected.TryAdd(export.File, []);
            _collected[export.File].Add(export.Tensor);
        }
        else if (TryWrite(export.File, [export.Tensor], InputObject))
        {
            _written.Add(export.File, export.Tensor.Name);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach ((string file, List<WeightTensor> tensors) in _collected)
        {
            TryWrite(file, tensors, file);
        }
    }

    private WeightTensor ReadTensor()
    {
        var tensor = TensorRecipe.Of(InputObject, Files);
        return _layout is Layout layout ? tensor.WithLayout(layout) : tensor;
    }

    private bool TryWrite(string file, List<WeightTensor> tensors, object target)
    {
        string action = FormattableString.Invariant(tensors is [WeightTensor tensor]
            ? $"Write {tensor.Name}, {tensor.Count} {tensor.DType} elements"
            : (FormattableString)$"Write {tensors.Count} tensors, {tensors.Sum(each => (double)each.Count)} elements");
        string written = _part is null ? action : $"{action}, part {_part}";
        return ShouldProcess(file, written)
            && TryRun($"Writing {file}", progress => Write(file, tensors, progress), target);
    }

    private string ResolveFile(string path)
    {
        string file = ProviderPath.OfFile(this, path);
        return _written.TryGetValue(file, out string? name)
            ? throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"'{path}' holds '{name}' already, and a .npy file holds one tensor; give each its own file, such as "
                + "-Path { \"$($_.Name).npy\" }.",
                path)
            : file;
    }

    private bool Write(string file, IReadOnlyList<WeightTensor> tensors, IProgress<double> progress)
    {
        TensorFile.Write(file, tensors, Force, ParallelOptions, progress, _part);
        return true;
    }
}
