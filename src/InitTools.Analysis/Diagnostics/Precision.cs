namespace InitTools.Analysis;

/// <summary>The arithmetic of the forward and backward pass. Statistics are always gathered in doubles.</summary>
public enum Precision
{
    /// <summary>Float32, as training does.</summary>
    Single,

    /// <summary>Float64, whose range shows how far a stack explodes that Float32 only calls infinite.</summary>
    Double,
}

/// <summary>Names of precisions.</summary>
public static class Precisions
{
    /// <summary>The spellings accepted.</summary>
    public static NamedValue<Precision> Spellings { get; } = new(
        "precision",
        ErrorId.InvalidArgument,
        ("Single", Precision.Single), ("Double", Precision.Double),
        ("Float32", Precision.Single), ("Float64", Precision.Double),
        ("float", Precision.Single), ("f32", Precision.Single), ("f64", Precision.Double));
}
