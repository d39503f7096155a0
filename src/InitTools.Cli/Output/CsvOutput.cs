using System.Reflection;
using CsvHelper;

namespace InitTools.Cli;

/// <summary>
/// Output objects as comma-separated values (RFC 4180): a line of the properties' names, then a line each.
/// </summary>
internal static class CsvOutput
{
    private static readonly CsvWriterOptions s_options = new() { Separator = ',', NewLine = Environment.NewLine };

    /// <summary>Writes the objects.</summary>
    public static void Write<T>(TextWriter output, IEnumerable<T> records)
    {
        IReadOnlyList<PropertyInfo> properties = RecordProperties.Of(typeof(T));
        using CsvWriter writer = CsvWriter.Create(output, s_options, leaveOpen: true);
        writer.WriteRecord([.. properties.Select(property => property.Name)]);
        foreach (T record in records)
        {
            writer.WriteRecord(
                [.. properties.Select(property => RecordProperties.ToInvariantText(property.GetValue(record)))]);
        }
    }
}
