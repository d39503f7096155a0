using System.Globalization;
using System.Text.Json;

namespace InitTools.Formats;

/// <summary>
/// Layers in a file: a table with a line for each (.csv), or a list of objects (.json). Columns and properties are
/// those of <see cref="LayerDescription"/>, whatever their case.
/// </summary>
public static class ArchitectureFile
{
    // Longer than any network that is written by hand or by a script; a file beyond it is not one of layers.
    private const long MaximumLength = 1 << 26;

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">A .csv or a .json file.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidFile"/>: there is no such file, it cannot be read, or its extension is neither of the
    /// two; <see cref="ErrorId.ColumnNotFound"/>: a property that layers do not have;
    /// <see cref="ErrorId.EmptyBatch"/>: no layer.
    /// </exception>
    /// <exception cref="InvalidDataException">The file is malformed; the message names the place.</exception>
    public static ArchitectureDescription Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Func<Stream, List<Dictionary<string, string?>>> read = Path.GetExtension(path) switch
        {
            string name when name.Equals(".csv", StringComparison.OrdinalIgnoreCase) => CsvDataReader.ReadTexts,
            string name when name.Equals(".json", StringComparison.OrdinalIgnoreCase) => ReadObjects,
            string name => throw new InitToolsException(
                ErrorId.InvalidFile,
                $"'{path}' has the extension '{name}'; layers are read from .csv and .json files.",
                path),
        };
        List<Dictionary<string, string?>> rows = DataFile.Open(path, stream =>
        {
            if (stream.Length > MaximumLength)
            {
                throw new InvalidDataException(
                    $"'{path}' has {stream.Length} bytes; a file of layers has at most {MaximumLength}.");
            }

            return read(stream);
        });
        if (rows.Count == 0)
        {
            throw new InitToolsException(ErrorId.EmptyBatch, $"'{path}' has no layers; at least one is needed.", path);
        }

        string? unknown = rows.SelectMany(row => row.Keys)
            .FirstOrDefault(key => !LayerDescription.PropertyNames.Contains(key, StringComparer.OrdinalIgnoreCase));
        if (unknown is not null)
        {
            throw new InitToolsException(
                ErrorId.ColumnNotFound,
                $"'{path}' gives layers the property '{unknown}'; did you mean "
                + $"'{NearestName.Of(unknown, LayerDescription.PropertyNames)}'? Layers have "
                + $"{string.Join(", ", LayerDescription.PropertyNames)}.",
                unknown);
        }

        var files = TensorFileSource.Beside(path);
        return new ArchitectureDescription(
        [
            .. rows.Select(row => new LayerDescription(
                property =>
                    row.GetValueOrDefault(property) is string text && !string.IsNullOrWhiteSpace(text) ? text : null,
                files)),
        ]);
    }

    private static List<Dictionary<string, string?>> ReadObjects(Stream stream)
    {
        try
        {
            using var document = JsonDocument.Parse(
                stream,
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Select(ReadObject)]
                : throw new InvalidDataException(
                    $"The layers are a JSON {document.RootElement.ValueKind}; a list of objects is read.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"The layers are no JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}: "
                + $"{exception.Message}",
                exception);
        }
    }

    private static Dictionary<string, string?> ReadObject(JsonElement element, int index)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException(
                $"Layer {index + 1} is a JSON {element.ValueKind}; an object with properties is read.");
        }

        Dictionary<string, string?> row = new(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!row.TryAdd(property.Name, TextOf(property.Value)))
            {
                throw new InvalidDataException($"Layer {index + 1} has the property '{property.Name}' twice.");
            }
        }

        return row;
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(TextOf)),

        // 16.0 and 1.6e1 are whole numbers as well.
        JsonValueKind.Number when value.TryGetDouble(out double number) && double.IsInteger(number)
            && Math.Abs(number) <= int.MaxValue => ((long)number).ToString(CultureInfo.InvariantCulture),
        _ => value.GetRawText(),
    };
}
