namespace InitTools.Analysis;

/// <summary>What a finding is about.</summary>
public enum FindingKind
{
    /// <summary>The weights are as an initializer makes them, which the finding names.</summary>
    Detected,

    /// <summary>The values are those that the tensor's recipe makes.</summary>
    RecipeHolds,

    /// <summary>Every element is 0.</summary>
    AllZero,

    /// <summary>Every element is the same number other than 0.</summary>
    Constant,

    /// <summary>A bias that does not begin at 0.</summary>
    NonZeroBias,

    /// <summary>A scale of a normalization that is not the same number everywhere.</summary>
    Scale,

    /// <summary>Some rows, and not all, are 0.</summary>
    ZeroRows,

    /// <summary>Rows (filters, in kernels of PyTorch) are the same to the last bit.</summary>
    DuplicateRows,

    /// <summary>Columns (filters, in kernels of Keras) are the same to the last bit.</summary>
    DuplicateColumns,

    /// <summary>Another tensor has the same elements to the last bit.</summary>
    IdenticalTensors,

    /// <summary>NaN or infinite elements.</summary>
    NonFinite,

    /// <summary>The standard deviation is far from that of every known scheme for the tensor's fans.</summary>
    StandardDeviation,

    /// <summary>The mean is off zero.</summary>
    Mean,

    /// <summary>Many elements stand at the smallest and largest value.</summary>
    Clipped,

    /// <summary>Single elements are far larger than the others.</summary>
    HeavyTails,

    /// <summary>A matrix that is nearly orthogonal, and not quite.</summary>
    Orthogonality,

    /// <summary>Elements are too small for the type that they are stored in.</summary>
    Precision,

    /// <summary>The weights have been trained: they are no initialization.</summary>
    Trained,

    /// <summary>The values are not those that the tensor's recipe makes.</summary>
    RecipeBroken,

    /// <summary>A tensor that came without a recipe, so that nothing proves its values.</summary>
    RecipeMissing,
}
