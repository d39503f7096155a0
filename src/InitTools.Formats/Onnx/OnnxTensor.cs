namespace InitTools.Formats;

/// <summary>What a TensorProto says, but for its values, of which it is known where they are.</summary>
/// <param name="Start">Where the message begins in the file.</param>
/// <param name="End">Where it ends.</param>
internal sealed record OnnxTensor(long Start, long End)
{
    // Location, offset, length and checksum, and what may come.
    private const int MaximumEntries = 16;

    private static readonly Dictionary<string, string> s_nothing = [];

    private Dictionary<string, string>? _externalData;

    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its dimensions.</summary>
    public List<long> Dimensions { get; } = [];

    /// <summary>The number of its element type.</summary>
    public long DataType { get; set; }

    /// <summary>Where its values are as bytes, and how many.</summary>
    public (long Start, long Length)? RawData { get; set; }

    /// <summary>Its values as numbers, or null.</summary>
    public OnnxNumbers? Numbers { get; private set; }

    /// <summary>Whether its values are in another file.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Where in which file.</summary>
    public IReadOnlyDictionary<string, string> ExternalData => _externalData ?? s_nothing;

    /// <summary>Takes note of a field of numbers or texts, and passes over it.</summary>
    public void AddNumbers(int field, ProtobufReader reader)
    {
        Numbers ??= new OnnxNumbers(field);
        if (Numbers.Field != field)
        {
            throw reader.Malformed($"values stand in field {Numbers.Field} as well");
        }

        Numbers.Add(reader);
    }

    /// <summary>Takes note of a part of <see cref="ExternalData"/>.</summary>
    public void AddExternalData(ProtobufReader reader)
    {
        (string key, string value) = OnnxEntry.Read(reader);
        _externalData ??= new Dictionary<string, string>(StringComparer.Ordinal);
        if (_externalData.Count == MaximumEntries || !_externalData.TryAdd(key, value))
        {
            throw reader.Malformed(
                $"external_data: the key {QuotedText.Of(key)} stands twice, or there are more than {MaximumEntries}");
        }
    }
}
