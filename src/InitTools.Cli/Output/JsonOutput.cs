using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace InitTools.Cli;

/// <summary>
/// Output objects as a JSON array of objects under the properties' names. Numbers are written so that they read back to
/// the same bits; NaN and infinities, which JSON has not, are the texts that PowerShell writes for them.
/// </summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the objects.</summary>
    public static void Write<T>(TextWriter output, IEnumerable<T> records)
    {
        IReadOnlyList<PropertyInfo> properties = RecordProperties.Of(typeof(T));
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            writer.WriteStartArray();
            foreach (T record in records)
            {
                writer.WriteStartObject();
                foreach (PropertyInfo property in properties)
                {
                    writer.WritePropertyName(property.Name);
                    WriteValue(writer, property.GetValue(record));
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case ulong number:
                writer.WriteNumberValue(number);
                break;
            case float number when float.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue(RecordProperties.ToInvariantText(value));
                break;
        }
    }
}
