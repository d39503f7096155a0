using System.Numerics;
using System.Runtime.CompilerServices;

namespace InitTools;

/// <summary>
/// PCG64 (XSL-RR 128/64) as <c>numpy.random.default_rng</c> seeds it: a 128-bit linear congruential generator, whose
/// high and low halves are joined by exclusive or and rotated by the top six bits.
/// </summary>
/// <remarks>
/// O'Neill, PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms (2014). Four states four steps
/// apart run side by side, as each waits for its own product.
/// </remarks>
internal sealed class Pcg64
{
    private const int Strides = 4;

    private static readonly UInt128 s_multiplier = new(0x2360ED051FC65DA4, 0x4385DF649FCCF645);

    private readonly UInt128 _increment;
    private readonly (UInt128 Multiplier, UInt128 Increment) _stride;
    private UInt128 _state;

    /// <summary>The generator of a seed after so many draws.</summary>
    public Pcg64(ulong seed, long position)
    {
        Span<ulong> words = stackalloc ulong[4];
        SeedSequence.Generate(seed, words);
        _increment = (new UInt128(words[2], words[3]) << 1) | UInt128.One;
        _state = ((_increment + new UInt128(words[0], words[1])) * s_multiplier) + _increment;
        _stride = Jump(Strides);
        (UInt128 multiplier, UInt128 increment) = Jump((ulong)position);
        _state = (_state * multiplier) + increment;
        Position = position;
    }

    /// <summary>The 64-bit words drawn since seeding.</summary>
    public long Position { get; private set; }

    /// <summary>The next words.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Fill(Span<ulong> destination)
    {
        int i = 0;
        if (destination.Length >= Strides)
        {
            UInt128 a = Step(_state);
            UInt128 b = Step(a);
            UInt128 c = Step(b);
            UInt128 d = Step(c);
            (ulong multiplierHigh, ulong multiplierLow) = Halves(_stride.Multiplier);
            (ulong incrementHigh, ulong incrementLow) = Halves(_stride.Increment);
            (ulong aHigh, ulong aLow) = Halves(a);
            (ulong bHigh, ulong bLow) = Halves(b);
            (ulong cHigh, ulong cLow) = Halves(c);
            (ulong dHigh, ulong dLow) = Halves(d);
            while (true)
            {
                destination[i] = Output(aHigh, aLow);
                destination[i + 1] = Output(bHigh, bLow);
                destination[i + 2] = Output(cHigh, cLow);
                destination[i + 3] = Output(dHigh, dLow);
                i += Strides;
                if (i > destination.Length - Strides)
                {
                    break;
                }

                Advance(ref aHigh, ref aLow, multiplierHigh, multiplierLow, incrementHigh, incrementLow);
                Advance(ref bHigh, ref bLow, multiplierHigh, multiplierLow, incrementHigh, incrementLow);
                Advance(ref cHigh, ref cLow, multiplierHigh, multiplierLow, incrementHigh, incrementLow);
                Advance(ref dHigh, ref dLow, multiplierHigh, multiplierLow, incrementHigh, incrementLow);
            }

            _state = new UInt128(dHigh, dLow);
        }

        for (; i < destination.Length; i++)
        {
            _state = Step(_state);
            (ulong high, ulong low) = Halves(_state);
            destination[i] = Output(high, low);
        }

        Position += destination.Length;
    }

    private static (ulong High, ulong Low) Halves(UInt128 value) => ((ulong)(value >> 64), (ulong)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Output(ulong high, ulong low) => BitOperations.RotateRight(high ^ low, (int)(high >> 58));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Advance(
        ref ulong high,
        ref ulong low,
        ulong multiplierHigh,
        ulong multiplierLow,
        ulong incrementHigh,
        ulong incrementLow)
    {
        ulong productHigh = Math.BigMul(low, multiplierLow, out ulong productLow);
        productHigh += (high * multiplierLow) + (low * multiplierHigh);
        low = productLow + incrementLow;
        high = productHigh + incrementHigh + (low < productLow ? 1UL : 0UL);
    }

    private UInt128 Step(UInt128 state) => (state * s_multiplier) + _increment;

    // Multiplier and increment of so many steps at once, by squaring: x -> m x + c done twice is m^2 x + (m + 1) c.
    private (UInt128 Multiplier, UInt128 Increment) Jump(ulong steps)
    {
        UInt128 multiplier = UInt128.One;
        UInt128 increment = UInt128.Zero;
        UInt128 squareMultiplier = s_multiplier;
        UInt128 squareIncrement = _increment;
        for (; steps > 0; steps >>= 1)
        {
            if ((steps & 1) != 0)
            {
                multiplier *= squareMultiplier;
                increment = (increment * squareMultiplier) + squareIncrement;
            }

            squareIncrement *= squareMultiplier + UInt128.One;
            squareMultiplier *= squareMultiplier;
        }

        return (multiplier, increment);
    }
}
