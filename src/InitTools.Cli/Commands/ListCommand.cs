using System.IO.Enumeration;

namespace InitTools.Cli;

/// <summary>The catalogue of initializers: Get-Initializer.</summary>
internal sealed class ListCommand : ToolCommand
{
    private readonly ParameterOption<string[]?> _name = ParameterOption.List(
        "Name",
        "names",
        "Names in any framework's spelling, with wildcards, such as he_normal or Glorot*. Default: all.",
        text => text.Split(',', StringSplitOptions.TrimEntries));

    public ListCommand()
        : base("list", "Get-Initializer", "List the initializers: names, formulas, variances, what each is for.")
    {
        Add(_name);
    }

    public override void Run(CommandContext context)
    {
        IEnumerable<InitializerDefinition> definitions = context.Get(_name)?.SelectMany(Find) ?? InitializerCatalogue.All;
        context.Write<InitializerDescription>([.. definitions.Select(entry => new InitializerDescription(entry))]);
    }

    private static IEnumerable<InitializerDefinition> Find(string name) =>
        name.AsSpan().ContainsAny('*', '?')
            ? InitializerCatalogue.All.Where(definition => definition.Aliases.Prepend(definition.Name)
                .Any(alias => FileSystemName.MatchesSimpleExpression(name, alias)))
            : [InitializerCatalogue.Find(name)];
}
