using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using InitTools.Kernels;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// PyTorch's <c>normal_</c> in float32 for 16 elements and more, as its AVX2 and AVX-512 builds compute it. Elements
/// come in blocks of 16: with uniforms u[0..15], r = sqrt(-2 ln(1 - u[j])) and t = 2 pi u[j+8] give r cos t for element
/// j and r sin t for element j + 8, each times the deviation plus the mean with one rounding.
/// </summary>
/// <remarks>
/// Logarithm, sine and cosine are the single-precision polynomials of Cephes (Moshier, 1989) in the arrangement of
/// Pommier's vector forms; every product that a sum follows is fused, as the compilers of those builds fuse it. The
/// order of operations is PyTorch's to the bit and is not to be improved. Arguments: 1 - u in [2^-24, 1], t in [0, 2
/// pi].
/// </remarks>
internal readonly ref struct NormalBlocksWork(
    ReadOnlySpan<uint> words, Span<float> destination, float mean, float deviation) : ILaneWork
{
    /// <summary>The elements of a block.</summary>
    public const int BlockLength = 16;

    private const int HalfBlock = BlockLength / 2;

    private readonly ReadOnlySpan<uint> _words = words;
    private readonly Span<float> _destination = destination;
    private readonly float _mean = mean;
    private readonly float _deviation = deviation;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TLanes, TTail, TElement>()
        where TLanes : struct, ILanes<TLanes, TElement>
        where TTail : struct, ILanes<TTail, TElement>
        where TElement : unmanaged
    {
        ref uint words = ref MemoryMarshal.GetReference(_words);
        ref float destination = ref MemoryMarshal.GetReference(_destination);
        nint count = _destination.Length;
        if (TLanes.Count == BlockLength)
        {
            nint done = count - (count % (2 * BlockLength));
            FillPairsOfBlocks<TLanes>(ref words, ref destination, done);
            FillBlocks<TTail, TElement>(
                ref Unsafe.Add(ref words, done), ref Unsafe.Add(ref destination, done), count - done);
        }
        else
        {
            FillBlocks<TLanes, TElement>(ref words, ref destination, count);
        }
    }

    // Loops are methods of their own: the JIT inlines only so much into one.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void FillPairsOfBlocks<T>(ref uint words, ref float destination, nint count)
        where T : struct, ILanes<T>
    {
        for (nint i = 0; i < count; i += 2 * BlockLength)
        {
            (T x, T y) = Pair(
                LoadHalves<T>(ref words, i, i + BlockLength),
                LoadHalves<T>(ref words, i + HalfBlock, i + BlockLength + HalfBlock));
            StoreHalves(x, ref destination, i, i + BlockLength);
            StoreHalves(y, ref destination, i + HalfBlock, i + BlockLength + HalfBlock);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void FillBlocks<T, TElement>(ref uint words, ref float destination, nint count)
        where T : struct, ILanes<T, TElement>
        where TElement : unmanaged
    {
        ref TElement elements = ref Unsafe.As<float, TElement>(ref destination);
        for (nint i = 0; i < count; i += BlockLength)
        {
            for (nint j = i; j < i + HalfBlock; j += T.Count)
            {
                (T x, T y) = Pair(T.LoadWords(ref words, j), T.LoadWords(ref words, j + HalfBlock));
                T.Store(x, ref elements, j);
                T.Store(y, ref elements, j + HalfBlock);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (T Cosine, T Sine) Pair<T>(T radiusWords, T angleWords)
        where T : struct, ILanes<T>
    {
        T u = T.Create(1.0) - UniformWork.Fraction(radiusWords);
        T radius = T.Sqrt(T.Create(-2.0) * Log(u));
        T angle = T.Create((float)(2 * Math.PI)) * UniformWork.Fraction(angleWords);
        (T sine, T cosine) = SinCos(angle);
        T deviation = T.Create(_deviation);
        T mean = T.Create(_mean);
        return (
            T.FusedMultiplyAdd(radius * cosine, deviation, mean),
            T.FusedMultiplyAdd(radius * sine, deviation, mean));
    }

    /// <summary>ln x = e ln 2 + ln(1 + f), 1 + f in [sqrt(1/2), sqrt 2), for x in [2^-24, 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Log<T>(T x)
        where T : struct, ILanes<T>
    {
        T one = T.Create(1.0);
        T e = T.ConvertBits(T.SubtractBits(T.ShiftBitsRight(x, 23), T.FromBits(0x7E)));
        T fraction = (x & T.FromBits(0x807FFFFF)) | T.Create(0.5);
        T isSmall = T.LessThan(fraction, T.Create(0.707106781186547524f));
        e -= one & isSmall;
        T f = fraction - one + (fraction & isSmall);
        T z = f * f;
        T p = T.Create(7.0376836292E-2f);
        p = T.FusedMultiplyAdd(p, f, T.Create(-1.1514610310E-1f));
        p = T.FusedMultiplyAdd(p, f, T.Create(1.1676998740E-1f));
        p = T.FusedMultiplyAdd(p, f, T.Create(-1.2420140846E-1f));
        p = T.FusedMultiplyAdd(p, f, T.Create(1.4249322787E-1f));
        p = T.FusedMultiplyAdd(p, f, T.Create(-1.6668057665E-1f));
        p = T.FusedMultiplyAdd(p, f, T.Create(2.0000714765E-1f));
        p = T.FusedMultiplyAdd(p, f, T.Create(-2.4999993993E-1f));
        p = T.FusedMultiplyAdd(p, f, T.Create(3.3333331174E-1f));
        T low = T.FusedMultiplyAdd(p * f, z, e * T.Create(-2.12194440e-4f));
        low = T.FusedMultiplyAdd(z, T.Create(-0.5), low);
        return T.FusedMultiplyAdd(e, T.Create(0.693359375), f + low);
    }

    /// <summary>Sine and cosine of t in [0, 2 pi], reduced by the even multiple of pi/4 nearest to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (T Sine, T Cosine) SinCos<T>(T t)
        where T : struct, ILanes<T>
    {
        // Adding 2^23 puts a whole number into the low bits of the pattern; Floor, then to the next even one.
        T octant = Truncate(t * T.Create(1.27323954473516f));
        T even = T.AddBits(octant, T.FromBits(1)) & T.FromBits(0xFFFFFFFE);
        T multiple = T.ConvertBits(even);
        T x = T.FusedMultiplyAdd(multiple, T.Create(-0.78515625), t);
        x = T.FusedMultiplyAdd(multiple, T.Create(-2.4187564849853515625e-4f), x);
        x = T.FusedMultiplyAdd(multiple, T.Create(-3.77489497744594108e-8f), x);
        T z = x * x;
        T c = T.Create(2.443315711809948E-005f);
        c = T.FusedMultiplyAdd(c, z, T.Create(-1.388731625493765E-003f));
        c = T.FusedMultiplyAdd(c, z, T.Create(4.166664568298827E-002f));
        c = T.FusedMultiplyAdd(c * z, z, z * T.Create(-0.5)) + T.Create(1.0);
        T s = T.Create(-1.9515295891E-4f);
        s = T.FusedMultiplyAdd(s, z, T.Create(8.3321608736E-3f));
        s = T.FusedMultiplyAdd(s, z, T.Create(-1.6666654611E-1f));
        s = T.FusedMultiplyAdd(s * z, x, x);

        // Quadrants 1 and 3 exchange the two; quadrants 2 and 3 turn the sine's sign, 1 and 2 the cosine's.
        T isOdd = T.SubtractBits(T.FromBits(0), T.ShiftBitsRight(even, 1) & T.FromBits(1));
        T sineSign = T.ShiftBitsLeft(even & T.FromBits(4), 29);
        T cosineSign = T.ShiftBitsLeft(T.AddBits(even, T.FromBits(2)) & T.FromBits(4), 29);
        return (T.Select(isOdd, c, s) ^ sineSign, T.Select(isOdd, s, c) ^ cosineSign);
    }

    /// <summary>The whole part of a number in [0, 2^22) as an integer pattern.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Truncate<T>(T value)
        where T : struct, ILanes<T>
    {
        T shift = T.Create(8388608.0);
        T rounded = value + shift;
        T isAbove = T.GreaterThan(rounded - shift, value);
        return T.AddBits(T.SubtractBits(rounded, shift), isAbove);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T LoadHalves<T>(ref uint words, nint low, nint high) => Unsafe.BitCast<Vector512<uint>, T>(
        Vector512.Create(
            Vector256.LoadUnsafe(ref words, (nuint)low),
            Vector256.LoadUnsafe(ref words, (nuint)high)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreHalves<T>(T value, ref float destination, nint low, nint high)
    {
        Vector512<float> numbers = Unsafe.BitCast<T, Vector512<float>>(value);
        numbers.GetLower().StoreUnsafe(ref destination, (nuint)low);
        numbers.GetUpper().StoreUnsafe(ref destination, (nuint)high);
    }
}
