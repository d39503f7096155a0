namespace InitTools.Formats;

/// <summary>An element type of ONNX tensors.</summary>
/// <param name="Number">Its number in the file.</param>
/// <param name="Name">Its name in the format's description.</param>
/// <param name="Bits">The bits of one element; 0 for texts, which have no fixed size.</param>
/// <param name="Field">The field of a tensor that holds its values where they are no raw bytes.</param>
/// <param name="Weight">The type of weights that it is, or null.</param>
/// <remarks>Source: onnx.proto of the ONNX project, message TensorProto.</remarks>
internal sealed record OnnxType(int Number, string Name, int Bits, int Field, DType? Weight = null)
{
    private static readonly OnnxType[] s_all =
    [
        new(1, "FLOAT", 32, OnnxField.FloatData, DType.Float32),
        new(2, "UINT8", 8, OnnxField.Int32Data),
        new(3, "INT8", 8, OnnxField.Int32Data),
        new(4, "UINT16", 16, OnnxField.Int32Data),
        new(5, "INT16", 16, OnnxField.Int32Data),
        new(6, "INT32", 32, OnnxField.Int32Data),
        new(7, "INT64", 64, OnnxField.Int64Data),
        new(8, "STRING", 0, OnnxField.StringData),
        new(9, "BOOL", 8, OnnxField.Int32Data),
        new(10, "FLOAT16", 16, OnnxField.Int32Data, DType.Float16),
        new(11, "DOUBLE", 64, OnnxField.DoubleData, DType.Float64),
        new(12, "UINT32", 32, OnnxField.UInt64Data),
        new(13, "UINT64", 64, OnnxField.UInt64Data),
        new(14, "COMPLEX64", 64, OnnxField.FloatData),
        new(15, "COMPLEX128", 128, OnnxField.DoubleData),
        new(16, "BFLOAT16", 16, OnnxField.Int32Data, DType.BFloat16),
        new(17, "FLOAT8E4M3FN", 8, OnnxField.Int32Data),
        new(18, "FLOAT8E4M3FNUZ", 8, OnnxField.Int32Data),
        new(19, "FLOAT8E5M2", 8, OnnxField.Int32Data),
        new(20, "FLOAT8E5M2FNUZ", 8, OnnxField.Int32Data),
        new(21, "UINT4", 4, OnnxField.Int32Data),
        new(22, "INT4", 4, OnnxField.Int32Data),
        new(23, "FLOAT4E2M1", 4, OnnxField.Int32Data),
    ];

    /// <summary>All types.</summary>
    public static IReadOnlyList<OnnxType> All => s_all;

    /// <summary>The type of a number, or null.</summary>
    public static OnnxType? Find(long number) => s_all.FirstOrDefault(type => type.Number == number);

    /// <summary>The bytes of some elements, packed, or null if they have no 63 bits.</summary>
    public long? BytesOf(long count)
    {
        UInt128 bytes = ((UInt128)count * (uint)Bits + 7) / 8;
        return bytes <= long.MaxValue ? (long)bytes : null;
    }

    /// <summary>
    /// The numbers that stand for some elements where they are no raw bytes: two for a complex one; one for two
    /// elements of four bits.
    /// </summary>
    public UInt128 NumbersOf(long count) => Name switch
    {
        "COMPLEX64" or "COMPLEX128" => 2 * (UInt128)count,
        _ when Bits == 4 => ((UInt128)count + 1) / 2,
        _ => (UInt128)count,
    };
}
