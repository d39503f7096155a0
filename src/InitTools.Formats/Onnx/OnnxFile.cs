namespace InitTools.Formats;

/// <summary>
/// Lists the initializers of an ONNX model: the weights of its graph. Values are not read before they are asked for,
/// whether they stand in the model or in files of its folder.
/// </summary>
/// <remarks>Source: onnx.proto and the description of external data in the ONNX project.</remarks>
public static class OnnxFile
{
    /// <summary>The extension of such files.</summary>
    internal const string Extension = ".onnx";

    /// <summary>Walks through the model.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">
    /// Not such a file, or one whose values would stand outside its folder; the message names the byte offset, the
    /// field and the tensor.
    /// </exception>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidFile"/>: it, or a file that it names, cannot be opened.
    /// </exception>
    public static TensorFileContents Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = FileIdentity.Open(path);
        var file = FileIdentity.Of(stream);
        var reader = new ProtobufReader(stream);
        var tensors = new OnnxTensorReader(reader, file);
        var layouts = new OnnxLayouts(reader);
        Dictionary<string, string> metadata = new(StringComparer.Ordinal);
        bool hasGraph = false;
        var model = new ProtobufMessage("ModelProto", file.Length);
        while (reader.TryReadField(model, out int field))
        {
            switch (field)
            {
                case OnnxField.Graph:
                    ReadGraph(reader, tensors, layouts);
                    hasGraph = true;
                    break;
                case OnnxField.MetadataProps:
                    ReadMetadata(reader, metadata);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return hasGraph
            ? new TensorFileContents(
                file.Path,
                [.. tensors.Tensors.Select(tensor => tensor with { Layout = layouts.Of(tensor.Name) })],
                metadata)
            : throw reader.Malformed("the model has no graph");
    }

    private static void ReadGraph(ProtobufReader reader, OnnxTensorReader tensors, OnnxLayouts layouts)
    {
        ProtobufMessage graph = reader.ReadMessage("GraphProto");
        while (reader.TryReadField(graph, out int field))
        {
            switch (field)
            {
                case OnnxField.Node:
                    layouts.ReadNode();
                    break;
                case OnnxField.Initializer:
                    tensors.Read();
                    break;
                case OnnxField.SparseInitializer:
                    tensors.ReadSparse();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private static void ReadMetadata(ProtobufReader reader, Dictionary<string, string> metadata)
    {
        (string key, string value) = OnnxEntry.Read(reader);
        if (metadata.Count == TensorLimits.Count)
        {
            throw reader.Malformed($"more than {TensorLimits.Count} texts are not read");
        }

        if (!metadata.TryAdd(key, value))
        {
            throw reader.Malformed($"the key {QuotedText.Of(key)} stands twice");
        }
    }
}
