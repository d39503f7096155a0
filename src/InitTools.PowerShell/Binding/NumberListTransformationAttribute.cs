using System.Management.Automation;

namespace InitTools.PowerShell.Binding;

/// <summary>
/// Reads one or several numbers as <see cref="NumberTransformationAttribute"/> does: 0.1,0.01 or the text '0.1,0.01'.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NumberListTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        string[] items = InvariantText.Of(inputData)?.Split(',') ?? [];
        return Array.ConvertAll(items, text => InvariantText.TryParse(text, out double number)
            ? number
            : throw new ArgumentTransformationMetadataException(
                $"'{text}' is not a number; numbers are written with a decimal point and parted by commas, such as "
                + "0.5, 1e-3."));
    }
}
