using System.Collections;
using System.Management.Automation;
using static InitTools.PowerShell.Binding.WrappedValue;

namespace InitTools.PowerShell.Binding;

/// <summary>
/// The properties of an object from the pipeline by their names, whatever their case: a row of Import-Csv, a hashtable,
/// a custom object, an object that crossed Clixml, JSON or a job.
/// </summary>
internal sealed class PropertyReader
{
    private readonly Func<string, object?> _value;

    private PropertyReader(IReadOnlyList<string> names, Func<string, object?> value)
    {
        Names = names;
        _value = value;
    }

    /// <summary>The names, in their order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The properties of an object, or null where it is a single number, text or list.</summary>
    public static PropertyReader? Of(object? input)
    {
        object? plain = Unwrap(input);
        if (plain is IDictionary dictionary)
        {
            string[] keys = [.. dictionary.Keys.Cast<object>().Select(key => InvariantText.Of(key) ?? "")];
            var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
            foreach (DictionaryEntry entry in dictionary)
            {
                values[InvariantText.Of(entry.Key) ?? ""] = entry.Value;
            }

            return new PropertyReader(keys, name => values.GetValueOrDefault(name));
        }

        if (plain is null or string or IEnumerable or IFormattable || plain.GetType().IsPrimitive)
        {
            return null;
        }

        PSMemberInfoCollection<PSPropertyInfo> properties = PSObject.AsPSObject(input).Properties;
        return new PropertyReader([.. properties.Select(property => property.Name)], name => properties[name]?.Value);
    }

    /// <summary>A property's value, or null where there is none.</summary>
    public object? Value(string name) => _value(name);

    /// <summary>A property's invariant text, or null where it is missing or blank.</summary>
    public string? Text(string name) => InvariantText.Of(_value(name));

    /// <summary>A property's whole number, or null where it is missing or blank.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidArgument"/>: it is no whole number.</exception>
    public long? WholeNumber(string name)
    {
        if (Text(name) is not string text)
        {
            return null;
        }

        return InvariantText.TryParse(text, out long number)
            ? number
            : throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"The property {name} is '{text}'; a whole number is accepted.",
                text);
    }

    /// <summary>True or false, as True, False or a Boolean; false where it is missing or blank.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidArgument"/>: it is neither.</exception>
    public bool Flag(string name) => Text(name) switch
    {
        null => false,
        string text when bool.TryParse(text, out bool flag) => flag,
        string text => throw new InitToolsException(
            ErrorId.InvalidArgument, $"The property {name} is '{text}'; True or False is accepted.", text),
    };
}
