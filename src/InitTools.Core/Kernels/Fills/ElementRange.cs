namespace InitTools.Kernels.Fills;

/// <summary>The smallest and the largest number of an element type inside given bounds.</summary>
/// <param name="Lowest">The smallest, infinite where the bound is.</param>
/// <param name="Highest">The largest, infinite where the bound is.</param>
internal readonly record struct ElementRange(double Lowest, double Highest)
{
    /// <summary>The numbers of the element type in [minimum, maximum], or in [minimum, maximum).</summary>
    /// <typeparam name="TElement">float, double, Half, or ushort for BFloat16.</typeparam>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidArgument"/>: there is none.</exception>
    public static ElementRange Create<TElement>(double minimum, double maximum, bool openEnd)
    {
        double lowest = -LargestAtMost<TElement>(-minimum);
        double highest = LargestAtMost<TElement>(maximum);
        if (openEnd && highest == maximum)
        {
            highest = LargestAtMost<TElement>(Math.BitDecrement(maximum));
        }

        if (lowest > highest)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                FormattableString.Invariant(
                    $"No {Name<TElement>()} number lies between the minimum {minimum} and the maximum {maximum}."),
                minimum);
        }

        return new ElementRange(lowest, highest);
    }

    /// <summary>The number of the element type nearest to a value.</summary>
    public static double Nearest<TElement>(double value)
    {
        if (typeof(TElement) == typeof(double))
        {
            return value;
        }

        float single = (float)value;
        return typeof(TElement) == typeof(float) ? single
            : typeof(TElement) == typeof(Half) ? (double)(Half)single
            : BFloat16Bits.Widen(BFloat16Bits.Round(single));
    }

    /// <summary>
    /// The number nearest to a value in the precision that the element type is computed in: float64 or float32.
    /// </summary>
    public static double NearestArithmetic<TElement>(double value) =>
        typeof(TElement) == typeof(double) ? value : (float)value;

    /// <summary>The element nearest to a value.</summary>
    public static TElement Element<TElement>(double value) =>
        typeof(TElement) == typeof(double) ? (TElement)(object)value
        : typeof(TElement) == typeof(float) ? (TElement)(object)(float)value
        : typeof(TElement) == typeof(Half) ? (TElement)(object)(Half)(float)value
        : (TElement)(object)BFloat16Bits.Round((float)value);

    private static double LargestAtMost<TElement>(double bound)
    {
        double nearest = Nearest<TElement>(bound);
        return nearest <= bound ? nearest : NextBelow<TElement>(nearest);
    }

    private static double NextBelow<TElement>(double number)
    {
        if (typeof(TElement) == typeof(float))
        {
            return MathF.BitDecrement((float)number);
        }

        if (typeof(TElement) == typeof(Half))
        {
            return (double)Half.BitDecrement((Half)number);
        }

        // The neighbours of a BFloat16 number differ from it by 2^16 float32 patterns; 0 has -2^-133 below it.
        ushort bits = BFloat16Bits.Round((float)number);
        int step = number > 0 ? -1 : 1;
        return BFloat16Bits.Widen(number == 0 ? (ushort)0x8001 : (ushort)(bits + step));
    }

    private static string Name<TElement>() =>
        typeof(TElement) == typeof(double) ? nameof(DType.Float64)
        : typeof(TElement) == typeof(float) ? nameof(DType.Float32)
        : typeof(TElement) == typeof(Half) ? nameof(DType.Float16)
        : nameof(DType.BFloat16);
}
