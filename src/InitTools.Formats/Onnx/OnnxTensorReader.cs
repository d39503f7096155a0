namespace InitTools.Formats;

/// <summary>Reads initializers, of which it keeps what is needed to find their values again.</summary>
/// <param name="reader">The walk through the model.</param>
/// <param name="model">The file of the model.</param>
internal sealed class OnnxTensorReader(ProtobufReader reader, FileIdentity model)
{
    private readonly List<StoredTensor> _tensors = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly OnnxExternalFiles _externalFiles = new(model.Path);

    /// <summary>The tensors, in the order of the file.</summary>
    public IReadOnlyList<StoredTensor> Tensors => _tensors;

    /// <summary>Reads the field that the walk is at: a TensorProto.</summary>
    public void Read()
    {
        OnnxTensor tensor = ReadTensor();
        OnnxType type = TypeOf(tensor);
        long count = CountOf(tensor.Dimensions, tensor.Name);
        long bytes = type.BytesOf(count)
            ?? throw Malformed(tensor.Name, "dims", "the values have more than 2^63-1 bytes");
        Add(new StoredTensor(tensor.Name, type.Name, tensor.Dimensions, bytes)
        {
            Elements = FindElements(tensor, type, count, bytes),
        });
    }

    /// <summary>
    /// Reads the field that the walk is at: a SparseTensorProto, which is listed and whose values are none of weights
    /// here.
    /// </summary>
    public void ReadSparse()
    {
        ProtobufMessage message = reader.ReadMessage("SparseTensorProto");
        OnnxTensor? values = null;
        List<long> dimensions = [];
        while (reader.TryReadField(message, out int field))
        {
            switch (field)
            {
                case OnnxField.SparseValues:
                    values = ReadTensor();
                    break;
                case OnnxField.SparseDims:
                    ReadDimensions(dimensions);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (values is null)
        {
            throw reader.Malformed("a sparse tensor has no values");
        }

        CountOf(dimensions, values.Name);
        Add(new StoredTensor(values.Name, $"sparse {TypeOf(values).Name}", dimensions, reader.Position - values.Start));
    }

    private OnnxTensor ReadTensor()
    {
        ProtobufMessage message = reader.ReadMessage("TensorProto");
        var tensor = new OnnxTensor(reader.Position, message.End);
        while (reader.TryReadField(message, out int field))
        {
            switch (field)
            {
                case OnnxField.Dims:
                    ReadDimensions(tensor.Dimensions);
                    break;
                case OnnxField.DataType:
                    tensor.DataType = reader.ReadInt64();
                    break;
                case OnnxField.Segment:
                    throw reader.Malformed("a tensor in segments is not read");
                case OnnxField.Name:
                    tensor.Name = reader.ReadText();
                    break;
                case OnnxField.RawData:
                    tensor.RawData = reader.IsBytes
                        ? reader.Skip()
                        : throw reader.Malformed("raw_data: bytes were expected");
                    break;
                case OnnxField.FloatData or OnnxField.DoubleData or OnnxField.Int32Data or OnnxField.Int64Data
                    or OnnxField.UInt64Data or OnnxField.StringData:
                    tensor.AddNumbers(field, reader);
                    break;
                case OnnxField.ExternalData:
                    tensor.AddExternalData(reader);
                    break;
                case OnnxField.DataLocation:
                    tensor.IsExternal = reader.ReadInt64() switch
                    {
                        0 => false,
                        1 => true,
                        long other => throw reader.Malformed($"data_location: {other} is neither 0 nor 1"),
                    };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return tensor;
    }

    private void ReadDimensions(List<long> dimensions)
    {
        foreach (long dimension in reader.ReadInt64s())
        {
            if (dimension < 0)
            {
                throw reader.Malformed($"dims: {dimension} is negative");
            }

            if (dimensions.Count == TensorLimits.Rank)
            {
                throw reader.Malformed($"dims: more than {TensorLimits.Rank} dimensions are not read");
            }

            dimensions.Add(dimension);
        }
    }

    private long CountOf(List<long> dimensions, string name) => StoredShape.CountOf(dimensions)
        ?? throw Malformed(name, "dims", $"({string.Join(", ", dimensions)}) have more than 2^63-1 elements");

    private OnnxType TypeOf(OnnxTensor tensor) =>
        OnnxType.Find(tensor.DataType) ?? throw Malformed(
            tensor.Name,
            "data_type",
            $"{tensor.DataType} is not one of 1 to {OnnxType.All[^1].Number}, FLOAT to {OnnxType.All[^1].Name}");

    private IElementReader? FindElements(OnnxTensor tensor, OnnxType type, long count, long bytes)
    {
        DType? weight = count > 0 ? type.Weight : null;
        bool[] places = [tensor.Numbers is not null, tensor.RawData is not null, tensor.IsExternal];
        if (places.Count(holds => holds) > 1)
        {
            throw Malformed(tensor.Name, "data_location", "the values stand in several places");
        }

        if (type.Bits == 0 && (tensor.IsExternal || tensor.RawData is not null))
        {
            throw Malformed(tensor.Name, "data_type", "texts stand neither in raw_data nor in another file");
        }

        if (tensor.IsExternal)
        {
            (FileIdentity file, long offset) = _externalFiles.Find(
                tensor.ExternalData, bytes, problem => Malformed(tensor.Name, "external_data", problem));
            return weight is DType external ? new FileElements(file, offset, external, count) : null;
        }

        if (tensor.RawData is (long start, long length))
        {
            if (length != bytes)
            {
                throw Malformed(
                    tensor.Name,
                    "raw_data",
                    $"({string.Join(", ", tensor.Dimensions)}) of {type.Name} take {bytes} bytes; {length} are there");
            }

            return weight is DType raw ? new FileElements(model, start, raw, count) : null;
        }

        if (tensor.Numbers is not null && tensor.Numbers.Field != type.Field)
        {
            throw Malformed(
                tensor.Name, "data_type", $"values of {type.Name} do not stand in field {tensor.Numbers.Field}");
        }

        UInt128 found = (UInt128)(tensor.Numbers?.Count ?? 0);
        if (found != type.NumbersOf(count))
        {
            throw Malformed(
                tensor.Name,
                "dims",
                $"({string.Join(", ", tensor.Dimensions)}) of {type.Name} take {type.NumbersOf(count)} numbers; "
                + $"{found} are there");
        }

        return weight is DType typed ? tensor.Numbers!.Open(model, typed, tensor) : null;
    }

    private void Add(StoredTensor tensor)
    {
        if (tensor.Name.Length == 0)
        {
            throw reader.Malformed("name: an initializer has none");
        }

        if (_tensors.Count == TensorLimits.Count)
        {
            throw Malformed(tensor.Name, "name", $"more than {TensorLimits.Count} initializers are not read");
        }

        if (!_names.Add(tensor.Name))
        {
            throw Malformed(tensor.Name, "name", "it is the name of two initializers");
        }

        _tensors.Add(tensor);
    }

    private InvalidDataException Malformed(string name, string field, string problem) =>
        reader.Malformed($"{QuotedText.Of(name)}: {field}: {problem}");
}
