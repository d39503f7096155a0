namespace InitTools.Formats;

/// <summary>The element types of safetensors: which there are, how wide, and which of them are weights here.</summary>
internal static class SafetensorsTypes
{
    private static readonly Dictionary<string, int> s_bits = new(StringComparer.Ordinal)
    {
        ["BOOL"] = 8,
        ["U8"] = 8,
        ["I8"] = 8,
        ["U16"] = 16,
        ["I16"] = 16,
        ["U32"] = 32,
        ["I32"] = 32,
        ["U64"] = 64,
        ["I64"] = 64,
        ["F8_E5M2"] = 8,
        ["F8_E4M3"] = 8,
        ["F8_E8M0"] = 8,
        ["F16"] = 16,
        ["BF16"] = 16,
        ["F32"] = 32,
        ["F64"] = 64,
        ["C64"] = 64,
        ["F4"] = 4,
        ["F6_E2M3"] = 6,
        ["F6_E3M2"] = 6,
    };

    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => s_bits.Keys;

    /// <summary>The bits of one element, or null where there is no such type.</summary>
    public static int? BitsOf(string name) => s_bits.TryGetValue(name, out int bits) ? bits : null;

    /// <summary>The type of weights, or null.</summary>
    public static DType? ToDType(string name) => name switch
    {
        "F16" => DType.Float16,
        "BF16" => DType.BFloat16,
        "F32" => DType.Float32,
        "F64" => DType.Float64,
        _ => null,
    };

    /// <summary>The name of a type of weights.</summary>
    public static string NameOf(DType dtype) => dtype switch
    {
        DType.Float16 => "F16",
        DType.BFloat16 => "BF16",
        DType.Float32 => "F32",
        _ => "F64",
    };
}
