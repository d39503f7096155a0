namespace InitTools.Kernels.Lanes;

/// <summary>
/// A vector of 64-bit lanes, each of which holds a 32-bit word in its low half and anything in its high half: what a
/// generator of 32x32-to-64-bit products needs, at every width.
/// </summary>
/// <typeparam name="T">The implementing vector.</typeparam>
internal interface IWordLanes<T>
    where T : struct, IWordLanes<T>
{
    /// <summary>The number of lanes; a constant to the JIT.</summary>
    public static abstract int Count { get; }

    /// <summary>True where the machine has some 32 registers for such vectors, not 16; a constant to the JIT.</summary>
    public static abstract bool HasManyRegisters { get; }

    /// <summary>The value in every lane.</summary>
    public static abstract T Create(ulong value);

    /// <summary>start, start + step, start + 2 step and so on.</summary>
    public static abstract T Sequence(ulong start, ulong step);

    /// <summary>The 64-bit sums.</summary>
    public static abstract T operator +(T left, T right);

    public static abstract T operator ^(T left, T right);

    /// <summary>The exclusive or of three.</summary>
    public static abstract T Xor(T first, T second, T third);

    /// <summary>The 64-bit products of the low halves.</summary>
    public static abstract T Multiply(T left, T right);

    /// <summary>The high halves moved down, zeros above.</summary>
    public static abstract T HighHalf(T value);

    /// <summary>
    /// Writes 2 <see cref="Count"/> words: the low halves of both vectors in turn, beginning with the even one.
    /// </summary>
    public static abstract void StoreInterleaved(T even, T odd, ref uint destination, nint offset);
}
