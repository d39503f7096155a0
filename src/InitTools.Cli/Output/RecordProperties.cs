using System.Globalization;
using System.Reflection;

namespace InitTools.Cli;

/// <summary>The public properties of an output object, all of them scalars or short text, in their order.</summary>
internal static class RecordProperties
{
    /// <summary>The properties of a type of output object.</summary>
    public static IReadOnlyList<PropertyInfo> Of(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .OrderBy(property => property.MetadataToken),
    ];

    /// <summary>The text of a value that reads the same on every culture; empty for none.</summary>
    public static string ToInvariantText(object? value) =>
        Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
