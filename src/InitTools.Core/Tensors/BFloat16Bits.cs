namespace InitTools;

/// <summary>BFloat16 numbers as their bits: the upper half of a Float32.</summary>
public static class BFloat16Bits
{
    /// <summary>The nearest BFloat16, ties to even; NaN stays NaN.</summary>
    public static ushort Round(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value)
            ? (ushort)((bits >> 16) | 0x40)
            : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    /// <summary>The nearest BFloat16, ties to even: rounded once, not to Float32 on the way.</summary>
    public static ushort Round(double value)
    {
        float single = (float)value;
        if (single == value || !float.IsFinite(single))
        {
            return Round(single);
        }

        // Between two Float32 numbers: the one with the odd last bit keeps the side of every tie (rounding to odd).
        float below = single > value ? MathF.BitDecrement(single) : single;
        uint bits = BitConverter.SingleToUInt32Bits(below);
        uint odd = (bits & 1) == 1 ? bits : BitConverter.SingleToUInt32Bits(MathF.BitIncrement(below));
        return Round(BitConverter.UInt32BitsToSingle(odd));
    }

    /// <summary>The number that the bits stand for.</summary>
    public static float Widen(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);
}
