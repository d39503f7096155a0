using System.Collections;
using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace InitTools.PowerShell.Completion;

/// <summary>Completes one of a set of names, by prefix or wildcard, quoted where PowerShell needs it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class NameCompleter : IArgumentCompleter
{
    /// <summary>The names, each with the text that explains it.</summary>
    protected abstract IEnumerable<(string Name, string Tooltip)> Names { get; }

    /// <summary>The same for other completers.</summary>
    internal IEnumerable<(string Name, string Tooltip)> Words => Names;

    /// <summary>The names of an enumeration's members, each with its text.</summary>
    protected static IEnumerable<(string Name, string Tooltip)> Explain<TValue>(
        NamedValue<TValue> spellings, Func<TValue, string> explain)
        where TValue : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(spellings);
        return spellings.Names.Select(name => (name, explain(spellings.Parse(name))));
    }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) => CompletionWord.Complete(wordToComplete, Names);
}
