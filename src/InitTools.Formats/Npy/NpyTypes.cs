using System.Globalization;

namespace InitTools.Formats;

/// <summary>
/// The element types of .npy files that are numbers of fixed width, and which of them are weights here.
/// </summary>
internal static class NpyTypes
{
    /// <summary>
    /// The bytes of one element, or null where the type is not read: texts, dates, structures, and objects, which only
    /// running a program would make.
    /// </summary>
    public static int? SizeOf(string descr) =>
        descr is [('<' or '>' or '=' or '|'), ('b' or 'i' or 'u' or 'f' or 'c'), .. string digits]
        && digits is "1" or "2" or "4" or "8" or "16" or "32"
            ? int.Parse(descr.AsSpan(2), CultureInfo.InvariantCulture)
            : null;

    /// <summary>The type of weights, or null.</summary>
    public static DType? ToDType(string descr) => descr.AsSpan(1) switch
    {
        "f2" => DType.Float16,
        "f4" => DType.Float32,
        "f8" => DType.Float64,
        _ => null,
    };

    /// <summary>The type in which weights are written, or null for BFloat16, which NumPy does not have.</summary>
    public static string? NameOf(DType dtype) => dtype switch
    {
        DType.Float16 => "<f2",
        DType.Float32 => "<f4",
        DType.Float64 => "<f8",
        _ => null,
    };

    /// <summary>True where the most significant byte comes first.</summary>
    public static bool IsBigEndian(string descr) => descr[0] == '>';
}
