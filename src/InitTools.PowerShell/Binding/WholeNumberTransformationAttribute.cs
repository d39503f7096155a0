using System.Management.Automation;

namespace InitTools.PowerShell.Binding;

/// <summary>Reads a whole number strictly: 2.5 is an error, not 2, and the text 1,5 is one, not 15.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WholeNumberTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        string? text = InvariantText.Of(inputData);
        return text is not null && InvariantText.TryParse(text, out long number)
            ? number
            : throw new ArgumentTransformationMetadataException($"'{text}' is not a whole number, such as 50.");
    }
}
