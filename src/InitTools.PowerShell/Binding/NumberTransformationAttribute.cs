using System.Management.Automation;

namespace InitTools.PowerShell.Binding;

/// <summary>
/// Reads the text of a number strictly: a decimal point, an exponent, no group separators, on every culture.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NumberTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        string? text = InvariantText.Of(inputData);
        return text is not null && InvariantText.TryParse(text, out double number)
            ? number
            : throw new ArgumentTransformationMetadataException(
                $"'{text}' is not a number; a number is written with a decimal point, such as 0.5 or 1e-3.");
    }
}
