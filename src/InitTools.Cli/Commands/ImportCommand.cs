using InitTools.Formats;

namespace InitTools.Cli;

/// <summary>The weights of a file, listed, or written to another one: Import-InitWeights and Export-InitWeights.</summary>
internal sealed class ImportCommand : ToolCommand
{
    private readonly ImportOptions _import = new(
        "--path", "The file to read; what its name ends in says the format.");

    private readonly ParameterOption<string?> _to = ParameterOption.Text(
        "Path",
        "path",
        "Write the tensors to this file too, in the format that its name ends in.",
        "--to");

    private readonly ParameterOption<string?> _toLayout = ParameterOption.Text(
        "Layout",
        "layout",
        "The layout in which weights are written: IO for Keras and JAX, OI for PyTorch. Default: as they are.",
        "--to-layout");

    private readonly ParameterOption<bool> _force = ParameterOption.Switch("Force", "Replace an existing file.");
    private readonly ParameterOption<int?> _throttleLimit = CommonOptions.ThrottleLimit();

    public ImportCommand()
        : base(
            "import",
            "Import-InitWeights",
            "List the weight tensors of a file from its header, and with --to write them to a file of another format.")
    {
        _import.AddTo(this);
        Add(_to);
        Add(_toLayout);
        Add(_force);
        Add(_throttleLimit);
    }

    public override void Run(CommandContext context)
    {
        IReadOnlyList<WeightTensor> tensors = _import.Read(context) ?? throw new InitToolsException(
            ErrorId.ParameterConflict, "No file was given; give one with --path.");
        if (context.Get(_to) is string path)
        {
            if (context.Get(_toLayout) is string text)
            {
                Layout layout = Layouts.Spellings.Parse(text);
                tensors = [.. tensors.Select(tensor => tensor.WithLayout(layout))];
            }

            context.Work("Writing weights", progress =>
            {
                TensorFile.Write(
                    path, tensors, context.Get(_force), context.ParallelOptions(_throttleLimit), progress);
                return path;
            });
        }
        else if (context.Has(_toLayout) || context.Has(_force))
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict, $"{_toLayout.Name} and {_force.Name} say how a file is written; they need {_to.Name}.");
        }

        context.Write(tensors);
    }
}
