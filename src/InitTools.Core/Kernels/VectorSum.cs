using System.Numerics;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels;

/// <summary>The sum of two vectors, element by element; each element is rounded once.</summary>
public static class VectorSum
{
    /// <summary>sums[i] += values[i].</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="values">What is added.</param>
    /// <param name="sums">What it is added to; as many elements.</param>
    /// <exception cref="InitToolsException"><see cref="ErrorId.ShapeMismatch"/>: lengths differ.</exception>
    public static void Add<T>(ReadOnlySpan<T> values, Span<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Elementwise.Update(default(AddOperation), values, sums);

    private readonly struct AddOperation : IBinaryOperation
    {
        public T Invoke<T>(T left, T right)
            where T : struct, ILanes<T> => right + left;
    }
}
