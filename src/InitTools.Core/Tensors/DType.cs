namespace InitTools;

/// <summary>The type of a tensor's elements.</summary>
public enum DType
{
    /// <summary>IEEE 754 binary16: 11 significant bits. Rounded once from Float32, to nearest, ties to even.</summary>
    Float16,

    /// <summary>
    /// The upper half of a Float32: 8 significant bits. Rounded once from Float32, to nearest, ties to even.
    /// </summary>
    BFloat16,

    /// <summary>IEEE 754 binary32: 24 significant bits.</summary>
    Float32,

    /// <summary>IEEE 754 binary64: 53 significant bits. Drawn in double precision, not widened from Float32.</summary>
    Float64,
}

/// <summary>Names and sizes of element types.</summary>
public static class DTypes
{
    /// <summary>The spellings accepted: our own and those of NumPy, PyTorch, safetensors.</summary>
    public static NamedValue<DType> Spellings { get; } = new(
        "element type",
        ErrorId.UnknownDType,
        ("Float16", DType.Float16), ("BFloat16", DType.BFloat16),
        ("Float32", DType.Float32), ("Float64", DType.Float64),
        ("half", DType.Float16), ("single", DType.Float32), ("float", DType.Float32), ("double", DType.Float64),
        ("f16", DType.Float16), ("bf16", DType.BFloat16), ("f32", DType.Float32), ("f64", DType.Float64));

    /// <summary>The largest finite number.</summary>
    public static double MaximumOf(DType dtype) => dtype switch
    {
        DType.Float16 => (double)Half.MaxValue,
        DType.BFloat16 => BFloat16Bits.Widen(0x7F7F),
        DType.Float32 => float.MaxValue,
        DType.Float64 => double.MaxValue,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, null),
    };

    /// <summary>Bytes of one element.</summary>
    public static int SizeOf(DType dtype) => dtype switch
    {
        DType.Float16 or DType.BFloat16 => 2,
        DType.Float32 => 4,
        DType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, null),
    };
}
