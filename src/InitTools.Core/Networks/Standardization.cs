namespace InitTools;

/// <summary>How data are brought to mean 0 and variance 1 before they meet a network.</summary>
public enum Standardization
{
    /// <summary>The data as they are.</summary>
    None,

    /// <summary>One mean and one population standard deviation for all columns together.</summary>
    Global,

    /// <summary>A mean and a population standard deviation for each column.</summary>
    PerColumn,
}

/// <summary>Names of standardizations.</summary>
public static class Standardizations
{
    /// <summary>The spellings accepted.</summary>
    public static NamedValue<Standardization> Spellings { get; } = new(
        "standardization",
        ErrorId.InvalidArgument,
        ("None", Standardization.None),
        ("Global", Standardization.Global),
        ("PerColumn", Standardization.PerColumn),
        ("per_column", Standardization.PerColumn),
        ("per-column", Standardization.PerColumn));
}
