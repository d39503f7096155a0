using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Elementary;

/// <summary>
/// The unevaluated sum of two float64 numbers, |Low| at most half a unit in the last place of High: some 106 bits.
/// </summary>
/// <remarks>Dekker, A floating-point technique for extending the available precision, Numer. Math. 18 (1971).</remarks>
/// <typeparam name="T">float64 lanes.</typeparam>
internal readonly struct DoubleDouble<T>
    where T : struct, ILanes<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)]
    public DoubleDouble(T high, T low)
    {
        High = high;
        Low = low;
    }

    public T High { get; }

    public T Low { get; }

    [MethodImpl(Inline)]
    public static DoubleDouble<T> operator *(DoubleDouble<T> left, DoubleDouble<T> right)
    {
        DoubleDouble<T> product = Product(left.High, right.High);
        T low = T.FusedMultiplyAdd(left.High, right.Low, T.FusedMultiplyAdd(left.Low, right.High, product.Low));
        return Normalize(product.High, low);
    }

    /// <summary>
    /// left * right + addend to some 100 bits, for a step of Horner's rule: addend is the larger one.
    /// </summary>
    [MethodImpl(Inline)]
    public static DoubleDouble<T> MultiplyAdd(DoubleDouble<T> left, DoubleDouble<T> right, DoubleDouble<T> addend)
    {
        DoubleDouble<T> product = Product(left.High, right.High);
        T rest = T.FusedMultiplyAdd(left.High, right.Low, T.FusedMultiplyAdd(left.Low, right.High, product.Low));
        T sum = addend.High + product.High;
        return new(sum, (addend.High - sum + product.High) + (addend.Low + rest));
    }

    /// <summary>numerator / denominator to some 100 bits.</summary>
    [MethodImpl(Inline)]
    public static DoubleDouble<T> Divide(T numerator, DoubleDouble<T> denominator)
    {
        T first = numerator / denominator.High;
        T rest = T.FusedMultiplyAdd(-first, denominator.High, numerator);
        rest = T.FusedMultiplyAdd(-first, denominator.Low, rest);
        return Normalize(first, rest / denominator.High);
    }

    /// <summary>left + right, exactly.</summary>
    [MethodImpl(Inline)]
    public static DoubleDouble<T> Sum(T left, T right)
    {
        T sum = left + right;
        T part = sum - left;
        return new(sum, (left - (sum - part)) + (right - part));
    }

    /// <summary>left * right, exactly.</summary>
    [MethodImpl(Inline)]
    public static DoubleDouble<T> Product(T left, T right)
    {
        T product = left * right;
        return new(product, T.FusedMultiplyAdd(left, right, -product));
    }

    /// <summary>high + low where |high| is the larger one.</summary>
    [MethodImpl(Inline)]
    public static DoubleDouble<T> Normalize(T high, T low)
    {
        T sum = high + low;
        return new(sum, low - (sum - high));
    }
}
