using System.Globalization;

namespace InitTools;

/// <summary>
/// A 64-bit seed: a whole number from -2^63 to 2^64-1, negative ones in two's complement, so that -1 and 2^64-1 are
/// the same seed. Printed as the non-negative one.
/// </summary>
/// <param name="Value">The seed's 64 bits.</param>
public readonly record struct Seed(ulong Value)
{
    /// <summary>A seed from a signed number.</summary>
    public Seed(long value)
        : this(unchecked((ulong)value))
    {
    }

    /// <summary>A seed from text: a whole number from -2^63 to 2^64-1.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidSeed"/>: the text is no such number.</exception>
    public static Seed Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        const NumberStyles Style =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        if (ulong.TryParse(text, Style, CultureInfo.InvariantCulture, out ulong unsigned))
        {
            return new Seed(unsigned);
        }

        if (long.TryParse(text, Style, CultureInfo.InvariantCulture, out long signed))
        {
            return new Seed(signed);
        }

        throw new InitToolsException(
            ErrorId.InvalidSeed,
            $"'{text}' is not a seed; a seed is a whole number from -2^63 to 2^64-1.",
            text);
    }

    /// <summary>
    /// A fresh seed below 2^53, so that it survives JSON readers that keep numbers in double precision. For the caller
    /// who gave none; it is reported on every object made with it.
    /// </summary>
    public static Seed Draw() => new((ulong)System.Random.Shared.NextInt64(1L << 53));

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
