using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Fills;

/// <summary>
/// Turns random words into the numbers of one law. A row is 16 elements: 16 words of one row of a
/// <see cref="PhiloxWords"/> block for float32, two rows of words for float64.
/// </summary>
internal interface ILaw
{
    /// <summary>
    /// Writes the elements of whole blocks. The destination of a float32 law may be the words themselves.
    /// Implementations are not inlined and are optimized at their first call.
    /// </summary>
    /// <typeparam name="T">The lanes of the kernel in use.</typeparam>
    /// <typeparam name="TDouble">The float64 lanes of the same kernel.</typeparam>
    /// <typeparam name="TElement">float or double.</typeparam>
    public void Transform<T, TDouble, TElement>(ref uint words, ref TElement destination, nint count)
        where T : struct, ILanes<T, TElement>
        where TDouble : struct, ILanes<TDouble, double>
        where TElement : unmanaged;
}
