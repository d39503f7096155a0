namespace InitTools.Formats;

/// <summary>
/// Which axes of weights are inputs and outputs, as the nodes say that take them: MatMul multiplies by (in, out), Gemm
/// by that or, with transB, by (out, in), and Conv has (out, in, ...).
/// </summary>
/// <param name="reader">The walk through the model.</param>
/// <remarks>Source: the description of the operators in the ONNX project.</remarks>
internal sealed class OnnxLayouts(ProtobufReader reader)
{
    private readonly Dictionary<string, Layout?> _layouts = new(StringComparer.Ordinal);

    /// <summary>The layout of an initializer, or null where no node says it or two nodes differ.</summary>
    public Layout? Of(string name) => _layouts.GetValueOrDefault(name);

    /// <summary>Reads the field that the walk is at: a NodeProto.</summary>
    public void ReadNode()
    {
        ProtobufMessage node = reader.ReadMessage("NodeProto");
        string operation = "";
        bool isTransposed = false;
        int inputs = 0;
        string? weight = null;
        string? bias = null;
        while (reader.TryReadField(node, out int field))
        {
            switch (field)
            {
                case OnnxField.NodeInput when inputs is 1 or 2:
                    string name = reader.ReadText();
                    (weight, bias) = inputs++ == 1 ? (name, bias) : (weight, name);
                    break;
                case OnnxField.NodeInput:
                    reader.Skip();
                    inputs++;
                    break;
                case OnnxField.OperationType:
                    operation = reader.ReadText();
                    break;
                case OnnxField.Attribute:
                    isTransposed |= IsTransposition();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        Layout? layout = operation switch
        {
            "MatMul" => Layout.IO,
            "Gemm" => isTransposed ? Layout.OI : Layout.IO,
            "Conv" => Layout.OI,
            _ => null,
        };
        if (layout is not null)
        {
            Add(weight, layout);
            Add(bias, layout);
        }
    }

    private bool IsTransposition()
    {
        ProtobufMessage attribute = reader.ReadMessage("AttributeProto");
        (string name, long number) = ("", 0);
        while (reader.TryReadField(attribute, out int field))
        {
            switch (field)
            {
                case OnnxField.AttributeName:
                    name = reader.ReadText();
                    break;
                case OnnxField.AttributeInteger:
                    number = reader.ReadInt64();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return name == "transB" && number != 0;
    }

    private void Add(string? name, Layout? layout)
    {
        if (name is null)
        {
            return;
        }

        if (_layouts.Count == TensorLimits.Count)
        {
            throw reader.Malformed($"more than {TensorLimits.Count} weights of nodes are not read");
        }

        if (!_layouts.TryAdd(name, layout) && _layouts[name] != layout)
        {
            _layouts[name] = null;
        }
    }
}
