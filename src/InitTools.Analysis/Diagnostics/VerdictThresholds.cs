namespace InitTools.Analysis;

/// <summary>The limits that <see cref="VerdictRules"/> compares with.</summary>
public sealed record VerdictThresholds
{
    /// <summary>The defaults.</summary>
    public static VerdictThresholds Default { get; } = new();

    /// <summary>
    /// The factor by which second moment or gradient variance may change over the whole stack: 100 by default. A sound
    /// He stack of 30 ReLU layers of width 64 has a standard deviation of 1.4 in the logarithm of that factor, so 10
    /// would condemn sound networks.
    /// </summary>
    public double StackFactor { get; init; } = InitializerForecast.SoundFactor;

    /// <summary>The mean factor per layer that is too much in a stack of any depth: 10 by default.</summary>
    public double LayerFactor { get; init; } = 10;

    /// <summary>The share of a layer's entries, from 0 to 1, above which it is saturated: 0.5 by default.</summary>
    public double SaturatedFraction { get; init; } = 0.5;

    /// <summary>The smallest batch, in rows, on which a layer can be called dead: 2 by default.</summary>
    public int DeadRows { get; init; } = 2;

    /// <summary>Checks the limits.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: a factor that is not a finite number above 1, a share outside [0, 1], or
    /// fewer than one row.
    /// </exception>
    public void Validate()
    {
        RequireFactor(StackFactor, nameof(StackFactor));
        RequireFactor(LayerFactor, nameof(LayerFactor));
        if (SaturatedFraction is not (>= 0 and <= 1))
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                FormattableString.Invariant(
                    $"The saturated fraction {SaturatedFraction} is not a share; it is a number from 0 to 1."),
                SaturatedFraction);
        }

        if (DeadRows < 1)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                FormattableString.Invariant(
                    $"A layer cannot be called dead on {DeadRows} rows; the smallest batch is 1 row or more."),
                DeadRows);
        }
    }

    private static void RequireFactor(double value, string name)
    {
        if (!(value > 1) || double.IsInfinity(value))
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                FormattableString.Invariant($"The threshold {name} is {value}; it is a finite number above 1."),
                value);
        }
    }
}
