using System.Management.Automation;
using InitTools.PowerShell.Completion;

namespace InitTools.PowerShell.Commands;

/// <summary>
/// The catalogue of initializers: names, formula, variance, standard deviation, limit, purpose, and where each was
/// proposed.
/// </summary>
[Cmdlet(VerbsCommon.Get, "Initializer")]
[OutputType(typeof(InitializerDescription))]
public sealed class GetInitializerCommand : InitToolsCommand
{
    /// <summary>Names in any framework's spelling, with wildcards. All initializers where none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InitializerCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            if (TryMake(() => Find(name), name, out InitializerDescription[]? found))
            {
                WriteObject(found, enumerateCollection: true);
            }
        }
    }

    private static InitializerDescription[] Find(string name)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name))
        {
            return [new InitializerDescription(InitializerCatalogue.Find(name))];
        }

        var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
        return
        [
            .. InitializerCatalogue.All
                .Where(definition => definition.Aliases.Prepend(definition.Name).Any(pattern.IsMatch))
                .Select(definition => new InitializerDescription(definition)),
        ];
    }
}
