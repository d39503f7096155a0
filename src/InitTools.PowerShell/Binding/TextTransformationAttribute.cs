using System.Management.Automation;

namespace InitTools.PowerShell.Binding;

/// <summary>
/// Makes invariant text of numbers and lists, for parameters whose text the libraries read: a seed, a shape, a gain.
/// </summary>
/// <remarks>
/// A seed needs 64 bits with and without a sign, from any number type; a shape is <c>784,256</c> or <c>'784x256'</c>.
/// What cannot be read is reported by its own stable id (InvalidSeed, InvalidShape), which a typed parameter could not.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        InvariantText.Of(inputData) ?? "";
}
