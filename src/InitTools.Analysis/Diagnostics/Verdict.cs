namespace InitTools.Analysis;

/// <summary>
/// What an initialization suffers from, least severe first: where several hold, the last of them is the verdict.
/// <see cref="VerdictRules"/> says when each one holds.
/// </summary>
public enum Verdict
{
    /// <summary>No rule applies.</summary>
    Healthy,

    /// <summary>More than half of a bounded layer's activations sit at their bounds. Holds for a layer.</summary>
    Saturated,

    /// <summary>Signal or gradient shrinks through depth. Holds for the stack.</summary>
    Vanishing,

    /// <summary>Signal or gradient grows through depth. Holds for the stack.</summary>
    Exploding,

    /// <summary>Every unit of a hidden layer is zero on every row. Holds for a layer.</summary>
    Dead,

    /// <summary>Every unit of a hidden layer is the same unit, to the last bit. Holds for a layer.</summary>
    Symmetric,

    /// <summary>A value or a gradient is NaN or infinite. Holds for the stack.</summary>
    NonFinite,
}
