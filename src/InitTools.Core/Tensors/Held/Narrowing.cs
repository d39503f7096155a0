namespace InitTools;

/// <summary>
/// Numbers rounded once, to nearest even, to a narrower type; one beyond the type's numbers is an error.
/// </summary>
internal static class Narrowing
{
    /// <summary>The nearest Float32.</summary>
    public static float ToSingle(double value) => Check((float)value, value, DType.Float32);

    /// <summary>The nearest Float16.</summary>
    public static Half ToHalf(double value)
    {
        var half = (Half)value;
        Check((float)half, value, DType.Float16);
        return half;
    }

    /// <summary>The bits of the nearest BFloat16.</summary>
    public static ushort ToBFloat16(double value)
    {
        ushort bits = BFloat16Bits.Round(value);
        Check(BFloat16Bits.Widen(bits), value, DType.BFloat16);
        return bits;
    }

    private static float Check(float narrow, double value, DType dtype) =>
        float.IsInfinity(narrow) && double.IsFinite(value)
            ? throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"The value {ExpressionNode.Format(value)} is beyond {DTypes.Spellings.NameOf(dtype)}, whose numbers "
                + $"end at {ExpressionNode.Format(DTypes.MaximumOf(dtype))}.",
                value)
            : narrow;
}
