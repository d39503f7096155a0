using System.Management.Automation;

namespace InitTools.PowerShell;

/// <summary>
/// The one place where an error of the libraries becomes PowerShell's: the id is the <see cref="ErrorId"/>, the target
/// the offending value.
/// </summary>
internal static class ErrorRecords
{
    /// <summary>
    /// True for errors that say what is wrong with the input; all else is a defect and is not caught.
    /// </summary>
    public static bool IsExpected(Exception exception) => exception is InitToolsException or InvalidDataException;

    /// <summary>The record of an expected error.</summary>
    /// <param name="exception">The error.</param>
    /// <param name="target">What was being worked on, where the error does not name a value itself.</param>
    public static ErrorRecord Of(Exception exception, object? target = null) => exception switch
    {
        InitToolsException error => new ErrorRecord(
            error,
            error.ErrorId.ToString(),
            CategoryOf(error),
            error.Value ?? target),
        _ => new ErrorRecord(exception, nameof(ErrorId.InvalidFile), ErrorCategory.InvalidData, target),
    };

    private static ErrorCategory CategoryOf(InitToolsException error) => error.ErrorId switch
    {
        ErrorId.UnknownInitializer or ErrorId.UnknownActivation or ErrorId.UnknownMode or ErrorId.UnknownDistribution
            or ErrorId.UnknownLayout or ErrorId.UnknownDType or ErrorId.UnknownConvention or ErrorId.UnknownGenerator
            or ErrorId.UnknownModule or ErrorId.UnknownParameterization or ErrorId.UnmatchedTensor
            or ErrorId.UnknownOptimizer or ErrorId.UnknownLoss or ErrorId.ColumnNotFound or ErrorId.TensorNotFound
            => ErrorCategory.ObjectNotFound,
        ErrorId.InvalidFile when error.InnerException is ItemNotFoundException or FileNotFoundException
            or DirectoryNotFoundException
            => ErrorCategory.ObjectNotFound,
        ErrorId.ShapeMismatch or ErrorId.LayerMismatch or ErrorId.InvalidCell or ErrorId.EmptyBatch
            or ErrorId.BatchTooLarge or ErrorId.LabelOutOfRange or ErrorId.InvalidFile or ErrorId.UnsupportedVersion
            or ErrorId.ValuesNotHeld or ErrorId.UnitVarianceOutOfReach or ErrorId.UnsoundWeights
            => ErrorCategory.InvalidData,
        ErrorId.AllocationTooLarge => ErrorCategory.LimitsExceeded,
        ErrorId.ParameterConflict => ErrorCategory.InvalidOperation,
        ErrorId.FileExists => ErrorCategory.ResourceExists,
        ErrorId.KernelUnavailable => ErrorCategory.ResourceUnavailable,
        _ => ErrorCategory.InvalidArgument,
    };
}
