namespace InitTools.Formats;

/// <summary>What a TensorProto says, but for its values, of which it is known where they are.</summary>
/// <param name="Start">Where the message begins in the file.</param>
/// <param name="End">Where it ends.</param>
internal sealed record OnnxTensor(long Start, long End)
{
    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its dimensions.</summary>
    public List<long> Dimensions { get; } = [];

    /// <summary>The number of its element type.</summary>
    public long DataType { get; set; }

    /// <summary>Where its values are as bytes, and how many.</summary>
    public (long Start, long Length)? RawData { get; set; }

    /// <summary>Its values as numbers, by the field they stand in.</summary>
    public Dictionary<int, OnnxNumbers> Numbers { get; } = [];

    /// <summary>Whether its values are in another file.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Where in which file.</summary>
    public Dictionary<string, string> ExternalData { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes note of a field of numbers or texts, and passes over it.</summary>
    public void AddNumbers(int field, ProtobufReader reader)
    {
        if (!Numbers.TryGetValue(field, out OnnxNumbers? numbers))
        {
            numbers = new OnnxNumbers(field);
            Numbers.Add(field, numbers);
        }

        numbers.Add(reader);
    }
}
