using System.Text;

namespace InitTools.Formats;

/// <summary>
/// A file of recipes alone (.init.json): a few hundred bytes of text, a line for each tensor, from which the weights of
/// any size are made again.
/// </summary>
public static class RecipeFile
{
    /// <summary>The end of such files' names.</summary>
    internal const string Extension = ".init.json";

    /// <summary>Reads the recipes.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">
    /// Not such a file, or a recipe that is none; the message names the byte and the tensor.
    /// </exception>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidFile"/>: it cannot be opened; <see cref="ErrorId.UnsupportedVersion"/>: it was made by
    /// a version that this build does not have.
    /// </exception>
    public static TensorFileContents Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (string fullPath, byte[] json) = FileIdentity.ReadText(path);
        var document = RecipeDocument.Parse(json, TensorFileSource.Beside(fullPath));
        return new TensorFileContents(
            fullPath,
            [.. document.Names.Select(document.Require)],
            new Dictionary<string, string>())
        {
            IsOrdered = true,
        };
    }

    /// <summary>Checks that recipes which name files find them from the folder of a file of recipes.</summary>
    /// <param name="path">The file that they are to be written to.</param>
    /// <param name="tensors">The tensors.</param>
    /// <exception cref="InitToolsException">One does not, as <see cref="TensorFileSource.Beside"/> says.</exception>
    internal static void RequireReadable(string path, IReadOnlyList<WeightTensor> tensors)
    {
        var files = TensorFileSource.Beside(path);
        foreach (WeightTensor recipe in tensors
            .Select(tensor => tensor.GetRecordedRecipe()?.Recipe)
            .OfType<WeightTensor>()
            .Where(recipe => recipe.Initializer.Contains("FromFile(", StringComparison.Ordinal)))
        {
            var texts = RecipeText.Write(recipe).ToDictionary();
            RecipeText.Read(texts.GetValueOrDefault, files);
        }
    }

    /// <summary>Writes the recipes of tensors.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ValuesNotHeld"/>: no recipe makes the values of a tensor; and all that
    /// <see cref="TensorNaming.RequireDistinct"/> throws.
    /// </exception>
    public static void Write(Stream stream, IReadOnlyList<WeightTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        TensorNaming.RequireDistinct(tensors);
        if (tensors.FirstOrDefault(tensor => tensor.GetRecordedRecipe() is null) is WeightTensor held)
        {
            throw new InitToolsException(
                ErrorId.ValuesNotHeld,
                $"No recipe came with the values of '{held.Name}', and a {Extension} file holds recipes alone; write "
                + "them to a .safetensors file.",
                held.Name);
        }

        stream.Write(Encoding.UTF8.GetBytes(RecipeDocument.Of(tensors).ToText(hasLines: true)));
    }
}
