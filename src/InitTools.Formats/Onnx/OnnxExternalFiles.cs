using System.Globalization;

namespace InitTools.Formats;

/// <summary>
/// The files that hold values of a model besides its own. They are read from the model's folder and the folders in it,
/// and from nowhere else: a model names them, and models come from strangers.
/// </summary>
/// <param name="model">The path of the model.</param>
/// <remarks>Source: the description of external data in the ONNX project.</remarks>
internal sealed class OnnxExternalFiles(string model)
{
    private readonly string _folder = Path.GetDirectoryName(model)!;
    private readonly Dictionary<string, FileIdentity> _files = new(StringComparer.Ordinal);

    /// <summary>Where the values of a tensor are.</summary>
    /// <param name="entries">What the model says: location, offset, length.</param>
    /// <param name="bytes">The bytes that the tensor takes.</param>
    /// <param name="malformed">Makes the error of a problem.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidFile"/>: there is no such file, or it cannot be opened.
    /// </exception>
    public (FileIdentity File, long Offset) Find(
        IReadOnlyDictionary<string, string> entries, long bytes, Func<string, InvalidDataException> malformed)
    {
        if (!entries.TryGetValue("location", out string? location))
        {
            throw malformed("the location is missing");
        }

        FileIdentity file = Open(location, malformed);
        long offset = NumberOf(entries, "offset", malformed) ?? 0;
        if (offset > file.Length)
        {
            throw malformed($"the offset {offset} is beyond the {file.Length} bytes of {QuotedText.Of(location)}");
        }

        // Without a length the values go to the end of the file.
        long available = file.Length - offset;
        long length = NumberOf(entries, "length", malformed) ?? available;
        if (length > available)
        {
            throw malformed(
                $"{length} bytes from {offset} on pass the end of {QuotedText.Of(location)}, which has {file.Length}");
        }

        return length == bytes
            ? (file, offset)
            : throw malformed($"the tensor takes {bytes} bytes; {length} are there in {QuotedText.Of(location)}");
    }

    private static long? NumberOf(
        IReadOnlyDictionary<string, string> entries, string key, Func<string, InvalidDataException> malformed)
    {
        if (!entries.TryGetValue(key, out string? text))
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw malformed($"the {key} {QuotedText.Of(text)} is not a whole number from 0 to 2^63-1");
    }

    private FileIdentity Open(string location, Func<string, InvalidDataException> malformed)
    {
        if (_files.TryGetValue(location, out FileIdentity? file))
        {
            return file;
        }

        string path = PathInFolder.Find(_folder, location) ?? throw malformed(
            $"the location {QuotedText.Of(location)} is no path within the model's folder");
        using FileStream stream = FileIdentity.Open(path);
        file = FileIdentity.Of(stream);
        _files.Add(location, file);
        return file;
    }
}
