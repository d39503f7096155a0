namespace InitTools.Kernels.Lanes;

/// <summary>
/// A vector of <see cref="Count"/> floating-point lanes, all of one precision, in which a formula is written once for
/// every precision and every width. The value is the register itself; integer work is done on its bit patterns.
/// </summary>
/// <remarks>
/// Every member gives the same bits in every implementation: plain IEEE arithmetic rounded to nearest even, an
/// explicit fused multiply-add, and bit work. Nothing is an estimate. A mask is all ones or all zeros in each lane.
/// </remarks>
/// <typeparam name="T">The implementing vector.</typeparam>
internal interface ILanes<T>
    where T : struct, ILanes<T>
{
    /// <summary>The number of lanes; a constant to the JIT.</summary>
    public static abstract int Count { get; }

    /// <summary>
    /// True for float32, false for float64; a constant to the JIT, so that a branch on it leaves one side only.
    /// </summary>
    public static abstract bool IsSingle { get; }

    /// <summary>The number in every lane, rounded to the lanes' precision.</summary>
    public static abstract T Create(double value);

    /// <summary>The bit pattern in every lane; float32 takes the low half.</summary>
    public static abstract T FromBits(ulong bits);

    public static abstract T operator +(T left, T right);

    public static abstract T operator -(T left, T right);

    public static abstract T operator *(T left, T right);

    public static abstract T operator /(T left, T right);

    /// <summary>The sign bit flipped.</summary>
    public static abstract T operator -(T value);

    public static abstract T operator &(T left, T right);

    public static abstract T operator |(T left, T right);

    public static abstract T operator ^(T left, T right);

    /// <summary>left * right + addend, rounded once; in software where the machine has no such instruction.</summary>
    public static abstract T FusedMultiplyAdd(T left, T right, T addend);

    public static abstract T Sqrt(T value);

    public static abstract T Abs(T value);

    /// <summary>left &lt; right ? left : right, so the right operand where either is NaN.</summary>
    public static abstract T Min(T left, T right);

    /// <summary>left &gt; right ? left : right, so the right operand where either is NaN.</summary>
    public static abstract T Max(T left, T right);

    public static abstract T LessThan(T left, T right);

    public static abstract T LessThanOrEqual(T left, T right);

    public static abstract T GreaterThan(T left, T right);

    public static abstract T Equal(T left, T right);

    /// <summary>The lanes of <paramref name="whenSet"/> where the mask is set, of the other where it is not.</summary>
    public static abstract T Select(T mask, T whenSet, T whenClear);

    /// <summary>The sum of the bit patterns as integers, modulo 2^32 or 2^64.</summary>
    public static abstract T AddBits(T left, T right);

    /// <summary>The difference of the bit patterns as integers, modulo 2^32 or 2^64.</summary>
    public static abstract T SubtractBits(T left, T right);

    public static abstract T ShiftBitsLeft(T value, int count);

    /// <summary>The bit patterns shifted right, zeros coming in.</summary>
    public static abstract T ShiftBitsRight(T value, int count);

    /// <summary>The bit patterns shifted right, copies of the sign bit coming in.</summary>
    public static abstract T ShiftBitsRightSigned(T value, int count);

    /// <summary>
    /// The bit patterns, which are integers of at most 31 (float32) or 52 (float64) bits, as numbers, rounded once.
    /// </summary>
    public static abstract T ConvertBits(T value);

    /// <summary>
    /// The <see cref="Count"/> 32-bit words from the offset on as bit patterns, zero-extended for float64. May read up
    /// to one vector past them.
    /// </summary>
    public static abstract T LoadWords(ref uint source, nint offset);

    /// <summary>
    /// The <see cref="Count"/> float32 numbers from the offset on, widened to the lanes' precision. Reads no others.
    /// </summary>
    public static abstract T LoadWidened(ref float source, nint offset);

    /// <summary>
    /// The <see cref="Count"/> float64 numbers from the offset on, rounded to the lanes' precision. Reads no others.
    /// </summary>
    public static abstract T LoadNarrowed(ref double source, nint offset);
}

/// <summary>Lanes that can be moved from and to memory of their element type.</summary>
/// <typeparam name="T">The implementing vector.</typeparam>
/// <typeparam name="TElement">float or double.</typeparam>
internal interface ILanes<T, TElement> : ILanes<T>
    where T : struct, ILanes<T, TElement>
    where TElement : unmanaged
{
    /// <summary>The element in every lane.</summary>
    public static abstract T Broadcast(TElement value);

    /// <summary>The elements from the offset (in elements) on; any alignment.</summary>
    public static abstract T Load(ref TElement source, nint offset);

    public static abstract void Store(T value, ref TElement destination, nint offset);
}

/// <summary>Float32 lanes, whose patterns can be narrowed to 16 bits.</summary>
/// <typeparam name="T">The implementing vector.</typeparam>
internal interface ISingleLanes<T> : ILanes<T, float>
    where T : struct, ISingleLanes<T>
{
    /// <summary>
    /// Writes the low 16 bits of both vectors' patterns, whatever is above them, one after the other.
    /// </summary>
    public static abstract void StoreLowHalves(T first, T second, ref ushort destination, nint offset);
}
