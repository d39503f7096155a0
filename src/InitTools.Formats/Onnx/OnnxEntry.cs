namespace InitTools.Formats;

/// <summary>A key and its text: the message StringStringEntryProto.</summary>
internal static class OnnxEntry
{
    /// <summary>Reads the field that the reader is at.</summary>
    public static (string Key, string Value) Read(ProtobufReader reader)
    {
        ProtobufMessage entry = reader.ReadMessage("StringStringEntryProto");
        (string key, string value) = ("", "");
        while (reader.TryReadField(entry, out int field))
        {
            switch (field)
            {
                case OnnxField.Key:
                    key = reader.ReadText();
                    break;
                case OnnxField.Value:
                    value = reader.ReadText();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (key, value);
    }
}
