using System.Diagnostics.CodeAnalysis;
using static InitTools.PowerShell.Binding.WrappedValue;

namespace InitTools.PowerShell.Binding;

/// <summary>
/// A weight tensor that was written down: a row of a CSV file, JSON, Clixml, what a job returned. An object with Seed,
/// Version and Stream (or DrawOffset, of a sequential generator) is one, and makes the same bytes again.
/// </summary>
internal static class TensorRecipe
{
    /// <summary>The tensor that an object is, or is the recipe of.</summary>
    /// <param name="input">The object.</param>
    /// <param name="files">Finds the tensors of files that its initializer names.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: it is neither; <see cref="ErrorId.ValuesNotHeld"/>: it was a tensor of
    /// imported values, which did not come along; and all that <see cref="RecipeText.Read"/> throws.
    /// </exception>
    public static WeightTensor Of(object input, ITensorFileSource files)
    {
        if (TryUnwrap(input, out WeightTensor? tensor))
        {
            return tensor;
        }

        PropertyReader? recipe = PropertyReader.Of(input);
        if (recipe is not null && IsHeld(recipe))
        {
            throw new InitToolsException(
                ErrorId.ValuesNotHeld,
                $"'{recipe.Text(nameof(WeightTensor.Name))}' was a tensor of imported values; a file, a job or Clixml "
                + "carries its properties and not its values. Import it again with Import-InitWeights.",
                recipe.Text(nameof(WeightTensor.Name)));
        }

        return recipe is not null && IsRecipe(recipe)
            ? RecipeText.Read(recipe.Text, files)
            : throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"'{InvariantText.Of(input)}' is not a weight tensor; a weight tensor comes from New-InitWeights, or "
                + "is an object with Seed, Stream and Version.",
                input);
    }

    /// <summary>The tensor of this process that an object is, if it is one.</summary>
    public static bool TryUnwrap(object input, [NotNullWhen(true)] out WeightTensor? tensor)
    {
        tensor = Unwrap(input) as WeightTensor;
        return tensor is not null;
    }

    /// <summary>True where the object says all that a tensor is made from.</summary>
    public static bool IsRecipe(PropertyReader layer) =>
        layer.Text(nameof(WeightTensor.Seed)) is not null
        && (layer.Text(nameof(WeightTensor.Stream)) ?? layer.Text(nameof(WeightTensor.DrawOffset))) is not null
        && layer.Text(nameof(WeightTensor.Version)) is not null;

    /// <summary>
    /// True where the object has a tensor's properties, and those empty that say how its values are made.
    /// </summary>
    public static bool IsHeld(PropertyReader layer) =>
        layer.Names.Contains(nameof(WeightTensor.DrawOffset), StringComparer.OrdinalIgnoreCase)
        && layer.Names.Contains(nameof(WeightTensor.FanRule), StringComparer.OrdinalIgnoreCase)
        && layer.Text(nameof(WeightTensor.Seed)) is null
        && layer.Text(nameof(WeightTensor.Version)) is null;
}
