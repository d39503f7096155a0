namespace InitTools.Cli;

/// <summary>The catalogue of initializers: Get-Initializer.</summary>
internal sealed class ListCommand : ToolCommand
{
    private readonly ParameterOption<string[]?> _name = ParameterOption.List(
        "Name",
        "names",
        "Initializers by name, in any framework's spelling. Default: all.",
        text => text.Split(',', StringSplitOptions.TrimEntries));

    public ListCommand()
        : base("list", "Get-Initializer", "List the initializers: names, formulas, variances, what each is for.")
    {
        Add(_name);
    }

    public override void Run(CommandContext context)
    {
        IEnumerable<InitializerDefinition> definitions =
            context.Get(_name)?.Select(InitializerCatalog.Find) ?? InitializerCatalog.All;
        context.Write<InitializerDescription>([.. definitions.Select(definition => new InitializerDescription(definition))]);
    }
}
