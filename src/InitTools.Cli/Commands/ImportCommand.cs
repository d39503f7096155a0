namespace InitTools.Cli;

/// <summary>
/// The weights of a file, listed, or written to another one: Import-InitWeights and Export-InitWeights.
/// </summary>
internal sealed class ImportCommand : ToolCommand
{
    private readonly ImportOptions _import = new(
        "--path", "The file to read; what its name ends in says the format.");

    private readonly ExportOptions _export = new();
    private readonly ParameterOption<int?> _throttleLimit = CommonOptions.ThrottleLimit();

    public ImportCommand()
        : base(
            "import",
            "Import-InitWeights",
            "List the weight tensors of a file from its header, and with --to write them to a file of another format.")
    {
        _import.AddTo(this);
        _export.AddTo(this);
        Add(_throttleLimit);
    }

    public override void Run(CommandContext context)
    {
        _export.Validate(context);
        IReadOnlyList<WeightTensor> tensors = _import.Require(context);
        context.Write(_export.Write(context, tensors, context.ParallelOptions(_throttleLimit)));
    }
}
