namespace InitTools.Formats;

/// <summary>Numbers of fields in ONNX models, as far as they are read.</summary>
/// <remarks>Source: onnx.proto of the ONNX project.</remarks>
internal static class OnnxField
{
    // ModelProto.
    public const int Graph = 7;
    public const int MetadataProps = 14;

    // GraphProto.
    public const int Node = 1;
    public const int Initializer = 5;
    public const int SparseInitializer = 15;

    // NodeProto.
    public const int NodeInput = 1;
    public const int OperationType = 4;
    public const int Attribute = 5;

    // AttributeProto.
    public const int AttributeName = 1;
    public const int AttributeInteger = 3;

    // StringStringEntryProto.
    public const int Key = 1;
    public const int Value = 2;

    // TensorProto.
    public const int Dims = 1;
    public const int DataType = 2;
    public const int Segment = 3;
    public const int FloatData = 4;
    public const int Int32Data = 5;
    public const int StringData = 6;
    public const int Int64Data = 7;
    public const int Name = 8;
    public const int RawData = 9;
    public const int DoubleData = 10;
    public const int UInt64Data = 11;
    public const int ExternalData = 13;
    public const int DataLocation = 14;

    // SparseTensorProto.
    public const int SparseValues = 1;
    public const int SparseDims = 3;
}
