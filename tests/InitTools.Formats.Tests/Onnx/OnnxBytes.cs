using Google.Protobuf;

namespace InitTools.Formats.Tests.Onnx;

/// <summary>Makes ONNX models, sound and unsound, of fields that Google.Protobuf writes.</summary>
internal static class OnnxBytes
{
    /// <summary>A message: whole numbers, texts, bytes (messages are bytes), and numbers of fixed width.</summary>
    public static byte[] Message(params ReadOnlySpan<(int Field, object Value)> fields)
    {
        using MemoryStream bytes = new();
        using (CodedOutputStream output = new(bytes, leaveOpen: true))
        {
            foreach ((int field, object value) in fields)
            {
                Write(output, field, value);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Whole numbers one behind the other, as they are packed in a field.</summary>
    public static byte[] Packed(params ReadOnlySpan<long> numbers)
    {
        using MemoryStream bytes = new();
        using (CodedOutputStream output = new(bytes, leaveOpen: true))
        {
            foreach (long number in numbers)
            {
                output.WriteInt64(number);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>A model of one graph of one initializer or more.</summary>
    public static byte[] Model(params ReadOnlySpan<byte[]> initializers)
    {
        (int, object)[] fields = [.. initializers.ToArray().Select(bytes => (5, (object)bytes))];
        return Message((1, 8L), (2, "tests"), (7, Message([.. fields, (2, "graph")])));
    }

    private static void Write(CodedOutputStream output, int field, object value)
    {
        switch (value)
        {
            case long number:
                output.WriteTag(field, WireFormat.WireType.Varint);
                output.WriteInt64(number);
                break;
            case float number:
                output.WriteTag(field, WireFormat.WireType.Fixed32);
                output.WriteFloat(number);
                break;
            case double number:
                output.WriteTag(field, WireFormat.WireType.Fixed64);
                output.WriteDouble(number);
                break;
            case string text:
                output.WriteTag(field, WireFormat.WireType.LengthDelimited);
                output.WriteString(text);
                break;
            default:
                output.WriteTag(field, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(ByteString.CopyFrom((byte[])value));
                break;
        }
    }
}
