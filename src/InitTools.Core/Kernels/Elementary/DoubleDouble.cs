namespace InitTools.Kernels.Elementary;

/// <summary>The unevaluated sum of two doubles, |Low| at most half a unit in the last place of High: some 106 bits.</summary>
/// <remarks>Dekker, A floating-point technique for extending the available precision, Numer. Math. 18 (1971).</remarks>
internal readonly record struct DoubleDouble(double High, double Low)
{
    public static DoubleDouble operator +(DoubleDouble left, DoubleDouble right)
    {
        DoubleDouble high = Sum(left.High, right.High);
        DoubleDouble low = Sum(left.Low, right.Low);
        DoubleDouble middle = Normalize(high.High, high.Low + low.High);
        return Normalize(middle.High, middle.Low + low.Low);
    }

    public static DoubleDouble operator -(DoubleDouble value) => new(-value.High, -value.Low);

    public static DoubleDouble operator *(DoubleDouble left, DoubleDouble right)
    {
        DoubleDouble product = Product(left.High, right.High);
        return Normalize(product.High, product.Low + ((left.High * right.Low) + (left.Low * right.High)));
    }

    public static DoubleDouble operator /(DoubleDouble left, DoubleDouble right)
    {
        double first = left.High / right.High;
        DoubleDouble rest = left + -(right * new DoubleDouble(first, 0));
        double second = rest.High / right.High;
        rest += -(right * new DoubleDouble(second, 0));
        return Normalize(first, second) + new DoubleDouble(rest.High / right.High, 0);
    }

    /// <summary>left + right, exactly.</summary>
    public static DoubleDouble Sum(double left, double right)
    {
        double sum = left + right;
        double part = sum - left;
        return new(sum, (left - (sum - part)) + (right - part));
    }

    /// <summary>left * right, exactly.</summary>
    public static DoubleDouble Product(double left, double right)
    {
        double product = left * right;
        return new(product, Math.FusedMultiplyAdd(left, right, -product));
    }

    private static DoubleDouble Normalize(double high, double low)
    {
        double sum = high + low;
        return new(sum, low - (sum - high));
    }
}
