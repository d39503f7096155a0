namespace InitTools;

/// <summary>What went wrong, as a stable name that scripts can test. Renaming a member is a breaking change.</summary>
public enum ErrorId
{
    /// <summary>A dimension is not positive, the rank is wrong, or the text is not a shape.</summary>
    InvalidShape,

    /// <summary>More elements than an array, or the memory of the machine, can hold.</summary>
    AllocationTooLarge,

    /// <summary>A fan-based initializer met a shape that has no fan_in and fan_out.</summary>
    FanUndefined,

    /// <summary>No initializer of that name.</summary>
    UnknownInitializer,

    /// <summary>No activation of that name.</summary>
    UnknownActivation,

    /// <summary>No fan mode of that name.</summary>
    UnknownMode,

    /// <summary>No distribution of that name.</summary>
    UnknownDistribution,

    /// <summary>No layout of that name.</summary>
    UnknownLayout,

    /// <summary>No element type of that name.</summary>
    UnknownDType,

    /// <summary>No naming convention of that name.</summary>
    UnknownConvention,

    /// <summary>No random generator of that name.</summary>
    UnknownGenerator,

    /// <summary>No module of that name whose initialization is known.</summary>
    UnknownModule,

    /// <summary>No kind of layer of that name.</summary>
    UnknownLayerKind,

    /// <summary>No optimizer of that name.</summary>
    UnknownOptimizer,

    /// <summary>No loss of that name.</summary>
    UnknownLoss,

    /// <summary>No parameterization of that name.</summary>
    UnknownParameterization,

    /// <summary>What a tensor is in its network, on which its initialization depends, cannot be told.</summary>
    RoleUnknown,

    /// <summary>A map without order has two patterns that match one tensor.</summary>
    AmbiguousMap,

    /// <summary>No pattern of a map matches a tensor, and there is no initializer for the rest.</summary>
    UnmatchedTensor,

    /// <summary>An expression that does not follow the grammar; the message shows the position.</summary>
    MalformedExpression,

    /// <summary>An expression passes an argument that its initializer or activation does not have.</summary>
    UnknownArgument,

    /// <summary>A parameter is outside its range.</summary>
    InvalidArgument,

    /// <summary>A parameter is NaN or infinite.</summary>
    NonFiniteValue,

    /// <summary>Not a whole number from -2^63 to 2^64-1.</summary>
    InvalidSeed,

    /// <summary>Parameters that exclude one another, or one that lacks its companion.</summary>
    ParameterConflict,

    /// <summary>Values are more, fewer or of another shape than what they are for takes.</summary>
    ShapeMismatch,

    /// <summary>A layer's fan_in is not the fan_out of the layer before it.</summary>
    LayerMismatch,

    /// <summary>A data cell is not a finite number.</summary>
    InvalidCell,

    /// <summary>Data without rows, or a batch of none.</summary>
    EmptyBatch,

    /// <summary>More rows asked for than there are.</summary>
    BatchTooLarge,

    /// <summary>The data have no column of that name.</summary>
    ColumnNotFound,

    /// <summary>A label is not a whole number from 0 to the number of classes less one.</summary>
    LabelOutOfRange,

    /// <summary>No factor on its weights gives a layer's outputs unit variance.</summary>
    UnitVarianceOutOfReach,

    /// <summary>A file that is missing, malformed, or of a kind that is not read or written here.</summary>
    InvalidFile,

    /// <summary>The file has no tensor of that name.</summary>
    TensorNotFound,

    /// <summary>The file exists and was not to be replaced.</summary>
    FileExists,

    /// <summary>A recipe made by a version of the stream specification that this build does not have.</summary>
    UnsupportedVersion,

    /// <summary>An object that describes a tensor whose values it does not hold and cannot make.</summary>
    ValuesNotHeld,

    /// <summary>A kernel was forced that this machine lacks.</summary>
    KernelUnavailable,

    /// <summary>Weights have findings of the severity that was asked for, or of a higher one.</summary>
    UnsoundWeights,
}
