using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace InitTools.Analysis;

/// <summary>A call of a cmdlet as a line of text that PowerShell reads back to the same arguments.</summary>
public static partial class PowerShellLine
{
    /// <summary>Writes a call.</summary>
    /// <param name="cmdlet">The cmdlet's name.</param>
    /// <param name="parameters">
    /// Parameters and their values: texts, numbers, lists of them, and true for a switch. A value that text cannot hold
    /// becomes a variable of the parameter's name.
    /// </param>
    public static string Of(string cmdlet, IEnumerable<KeyValuePair<string, object?>> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var line = new StringBuilder(cmdlet);
        foreach ((string name, object? value) in parameters)
        {
            line.Append(" -").Append(name);
            line.Append(value switch
            {
                true => "",
                false => ":$false",
                _ => $" {TryWrite(value) ?? VariableOf(name)}",
            });
        }

        return line.ToString();
    }

    private static string? TryWrite(object? value) => value switch
    {
        null => "$null",
        string text => Quote(text),
        FileSystemInfo file => Quote(file.FullName),
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal =>
            ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list and not IDictionary => TryWriteList(list),
        _ => null,
    };

    private static string? TryWriteList(IEnumerable list)
    {
        // Data given as rows are no line of text; names and numbers, of which there are few, are.
        const int MostItems = 100;
        object?[] items = [.. list.Cast<object?>().Take(MostItems + 1)];
        string?[] texts = [.. items.Select(item => item is string or ValueType ? TryWrite(item) : null)];
        return items.Length is > 0 and <= MostItems && texts.All(text => text is not null)
            ? string.Join(',', texts)
            : null;
    }

    private static string VariableOf(string parameter) => $"${char.ToLowerInvariant(parameter[0])}{parameter[1..]}";

    // PowerShell takes the typographic quotation marks for its own.
    private static string Quote(string text) =>
        Bare().IsMatch(text) ? text : $"'{QuotationMark().Replace(text, "$0$0")}'";

    [GeneratedRegex(@"^([A-Za-z_./~][A-Za-z0-9_./~:\\-]*|[0-9]+(,[0-9]+)*)\z")]
    private static partial Regex Bare();

    [GeneratedRegex("['\u2018\u2019\u201A\u201B]")]
    private static partial Regex QuotationMark();
}
