namespace InitTools;

/// <summary>Which fan variance scaling divides by.</summary>
public enum FanMode
{
    /// <summary>fan_in: keeps the variance of the forward pass.</summary>
    FanIn,

    /// <summary>fan_out: keeps the variance of the backward pass.</summary>
    FanOut,

    /// <summary>(fan_in + fan_out) / 2: the compromise of Glorot and Bengio.</summary>
    FanAvg,

    /// <summary>sqrt(fan_in fan_out): the geometric mean, as in JAX.</summary>
    FanGeoAvg,
}

/// <summary>Names and values of fan modes.</summary>
public static class FanModes
{
    /// <summary>The spellings accepted.</summary>
    public static NamedValue<FanMode> Spellings { get; } = new(
        "fan mode",
        ErrorId.UnknownMode,
        ("fan_in", FanMode.FanIn), ("fan_out", FanMode.FanOut), ("fan_avg", FanMode.FanAvg),
        ("fan_geo_avg", FanMode.FanGeoAvg), ("in", FanMode.FanIn), ("out", FanMode.FanOut), ("avg", FanMode.FanAvg));

    /// <summary>The number that the scale is divided by.</summary>
    public static double Of(FanMode mode, Fans fans) => mode switch
    {
        FanMode.FanIn => fans.FanIn,
        FanMode.FanOut => fans.FanOut,
        FanMode.FanAvg => ((double)fans.FanIn + fans.FanOut) / 2,
        FanMode.FanGeoAvg => Math.Sqrt((double)fans.FanIn * fans.FanOut),
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, null),
    };
}
