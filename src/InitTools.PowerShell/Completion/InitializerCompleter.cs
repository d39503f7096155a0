using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace InitTools.PowerShell.Completion;

/// <summary>
/// Completes initializer expressions: names, and behind <c>'Name(</c> the parameters of that initializer, and the words
/// that a parameter takes.
/// </summary>
public sealed class InitializerCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string text = (wordToComplete ?? "").Trim('\'', '"');
        int opening = text.IndexOf('(', StringComparison.Ordinal);
        return opening < 0
            ? CompletionWord.Complete(text, Names())
            : CompleteArguments(text[..opening], text);
    }

    private static IEnumerable<(string Name, string Tooltip)> Names() => InitializerCatalogue.All
        .Select(definition => (definition.Name, $"{definition.Formula}. {definition.Purpose}"));

    private static IEnumerable<CompletionResult> CompleteArguments(string initializer, string text)
    {
        InitializerDefinition? definition = InitializerCatalogue.All.FirstOrDefault(candidate => candidate.Aliases
            .Prepend(candidate.Name).Any(name => name.Equals(initializer, StringComparison.OrdinalIgnoreCase)));
        int start = text.LastIndexOfAny(['(', ',']) + 1;
        string argument = text[start..].TrimStart();
        string before = text[..^argument.Length];
        int equals = argument.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            // The quote stays open, as a value follows.
            return (definition?.Parameters ?? [])
                .Where(parameter => parameter.Name.StartsWith(argument, StringComparison.OrdinalIgnoreCase))
                .Select(parameter => new CompletionResult(
                    $"'{before}{parameter.Name}=",
                    parameter.Name,
                    CompletionResultType.ParameterValue,
                    $"{parameter.Name}={parameter.Default} where none is given"));
        }

        string value = argument[(equals + 1)..];
        return WordsOf(argument[..equals])
            .Where(word => word.Name.StartsWith(value, StringComparison.OrdinalIgnoreCase))
            .Select(word => new CompletionResult(
                $"'{before}{argument[..equals]}={word.Name})'",
                word.Name,
                CompletionResultType.ParameterValue,
                word.Tooltip));
    }

    private static IEnumerable<(string Name, string Tooltip)> WordsOf(string parameter) => parameter switch
    {
        "gain" => new ActivationCompleter().Words,
        "mode" => new FanModeCompleter().Words,
        "distribution" => new DistributionCompleter().Words,
        _ => [],
    };
}
